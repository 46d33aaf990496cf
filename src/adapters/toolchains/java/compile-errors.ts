import { relative } from 'node:path';
import type { TestResult } from '../../../domain/fix.ts';

/** Maven's form: `[ERROR] /at/Order.java:[3,5] cannot find symbol`. */
const PLACE = /^\[ERROR\] (\/.+\.(?:java|kt)):\[\d+,\d+\] /;

/** One result for each file that does not compile, with all that the compiler said about it. */
export function compileErrors(output: string, folder: string): readonly TestResult[] {
  const said = new Map<string, Set<string>>();
  let file: string | null = null;
  for (const line of output.split('\n')) {
    const place = PLACE.exec(line)?.[1];
    if (place !== undefined) file = relative(folder, place);
    else if (line.startsWith('[')) file = null;
    if (file === null) continue;
    const lines = said.get(file) ?? new Set<string>();
    said.set(file, lines.add(line.replace(/^\[ERROR\] \/.*\/(?=[^/]+\.\w+:\[)/, '')));
  }
  return [...said].map(([path, lines]) => ({
    file: path,
    name: path,
    outcome: 'errored',
    message: [...lines].join('\n').trim(),
  }));
}
