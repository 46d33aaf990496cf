import { nameOf } from '../../language/layout.ts';
import { javascriptProbe } from './javascript.ts';
import { pythonProbe } from './python.ts';
import type { ProbeWish } from './wish.ts';

/**
 * A test file that is put beside the new test for one run and is never part of a fix: it loads the new test into its
 * own process, and passes if the signal was emitted. Null where the library cannot be asked in that runner.
 */
export function probeFor(wish: ProbeWish): { readonly file: string; readonly text: string } | null {
  const isPython = wish.testFile.endsWith('.py');
  const text = isPython ? pythonProbe(wish) : javascriptProbe(wish);
  if (text === null) return null;
  const name = nameOf(wish.testFile);
  const own = isPython
    ? pythonName(name)
    : name.replace(/^.*?(?=([._-](test|spec))?\.[^.]+$)/, 'vigilai-probe');
  return { file: wish.testFile.slice(0, -name.length) + own, text };
}

function pythonName(name: string): string {
  return name.startsWith('test_') ? 'test_vigilai_probe.py' : 'vigilai_probe_test.py';
}
