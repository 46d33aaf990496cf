import type { Frame, StackTrace } from '../../domain/trace.ts';
import { parseGo } from '../traces/go.ts';
import { draft, traceOf } from '../traces/lines.ts';
import { blocksOf } from './blocks.ts';

const FAILURE = /^\s*--- FAIL: (\S+) \(/;
/** Ends what a package's tests told, and names it. */
const PACKAGE = /^(?:FAIL|ok {2}|\?) {0,3}\t(\S+)/;
const PLACE = /(?:^|\s)(\S{1,300}\.go):(\d{1,9}):?(?: (.*))?$/;

/** With `-v`: what a test tells comes before the word that it failed. */
const RUN = /^=== (?:RUN|CONT|NAME) +(\S+)$/;

/** Failures as `go test` prints them, also with `-v` and `-json`; a panic has its own trace. */
export function goFailures(output: readonly string[]): readonly StackTrace[] {
  const lines = plainOf(output);
  const failed = new Set(lines.flatMap((line) => FAILURE.exec(line)?.[1] ?? []));
  const begins = lines.some((line) => RUN.test(line)) ? RUN : FAILURE;
  return blocksOf(lines, begins).flatMap((block, at, all) => {
    if (block.some((line) => line.trimStart().startsWith('panic: '))) return parseGo(block) ?? [];
    const test = begins.exec(block[0] ?? '')?.[1] ?? '';
    if (!failed.has(test)) return [];
    const folder =
      all.slice(at).flatMap((one) => one.flatMap((line) => PACKAGE.exec(line)?.[1] ?? []))[0] ?? '';
    return failureOf(block, test, folder) ?? [];
  });
}

/** What `go test -json` puts into records. */
function plainOf(output: readonly string[]): readonly string[] {
  const isJson = output.some((line) => /^\{"Time":.*"Action":/.test(line));
  if (!isJson) return output;
  return output
    .flatMap((line) => /"Output":("(?:[^"\\]|\\.)*")/.exec(line)?.[1] ?? [])
    .map((text): string => JSON.parse(text))
    .join('')
    .split('\n');
}

/** The innermost place comes last in a test's own words, first in testify's `Error Trace`. */
function failureOf(block: readonly string[], test: string, folder: string): StackTrace | null {
  const [symbol = test] = test.split('/');
  const places = block.flatMap((line): readonly Frame[] => {
    const [, file = '', row] = PLACE.exec(line) ?? [];
    if (row === undefined) return [];
    const path = file.includes('/') ? file : `${folder}/${file}`;
    return [{ file: path, line: Number(row), column: null, symbol, inApp: true }];
  });
  if (places.length === 0) return null;
  const message = block.flatMap((line) => PLACE.exec(line)?.[3] ?? [])[0] ?? '';
  const made = draft('test failure', message);
  made.frames.push(...places);
  return traceOf('go', made);
}
