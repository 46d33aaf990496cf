import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { causesFirst } from '../../../src/domain/trace.ts';
import { joined } from '../../support/recorded-traces.ts';

const dir = mkdtempSync(join(tmpdir(), 'vigil-traces-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What a program says on stderr before it dies. */
function dies(program: string, file: string, code: string): string {
  writeFileSync(join(dir, file), code);
  return spawnSync(program, [join(dir, file)], { encoding: 'utf8', cwd: dir }).stderr.replace(/\n$/, '');
}

/** Class, line and function of each error of the only trace. */
function only(text: string) {
  const all = joined(text).filter(({ trace }) => trace !== null);
  expect(all).toHaveLength(1);
  const trace = all[0]?.trace;
  if (trace === null || trace === undefined) return [];
  return causesFirst(trace).map(({ errorType, frames }) => {
    const own = frames.find(({ inApp }) => inApp);
    return [errorType, own?.line ?? null, own?.symbol ?? null];
  });
}

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}

describe('traces of runtimes that are here', () => {
  it('node: an uncaught aggregate with a cause', () => {
    const code = `const load = (id) => { throw new TypeError('no ' + id, { cause: new Error('deep') }); };
function both() {
  const errors = [1, 2].map((id) => { try { load(id); } catch (e) { return e; } });
  throw new AggregateError(errors, 'both failed');
}
both();
`;
    expect(only(dies(process.execPath, 'a.cjs', code))).toEqual([
      ['Error', 1, 'load'],
      ['TypeError', 1, 'load'],
      ['Error', 1, 'load'],
      ['TypeError', 1, 'load'],
      ['AggregateError', 4, 'both'],
    ]);
  });

  it.skipIf(!isThere('python3'))('python3: a chain and a group', () => {
    const chain = `def load(n):
    raise KeyError(n)
def checkout():
    try:
        load(1)
    except KeyError as e:
        raise ValueError("bad cart") from e
checkout()
`;
    expect(only(dies('python3', 'a.py', chain))).toEqual([
      ['KeyError', 2, 'load'],
      ['ValueError', 7, 'checkout'],
    ]);
  });

  it.skipIf(!isThere('javac'))('java: a cause that shares frames with the error around it', () => {
    const code = `public class A {
  static void load() { throw new IllegalStateException("no row"); }
  public static void main(String[] a) {
    try { load(); } catch (RuntimeException e) { throw new RuntimeException("bad cart", e); }
  }
}
`;
    writeFileSync(join(dir, 'A.java'), code);
    execFileSync('javac', ['A.java'], { cwd: dir });
    const { stderr } = spawnSync('java', ['-cp', dir, 'A'], { encoding: 'utf8' });
    expect(only(stderr.trimEnd())).toEqual([
      ['java.lang.IllegalStateException', 2, 'A.load'],
      ['java.lang.RuntimeException', 4, 'A.main'],
    ]);
  });
});
