import type { StackTrace } from '../../domain/trace.ts';
import { parseJavascript } from '../traces/javascript.ts';
import { blocksOf } from './blocks.ts';

/** Jest, Vitest, Mocha, TAP (node:test, tape, tap), and node's `spec` reporter and AVA. */
const FAILURE = /^\s*● |^\s*FAIL {2}\S+ > |^ {2,}\d{1,5}\) \S|^\s*not ok \d|^\s*(?:✖|✘|\[fail\]:) \S/;
/** Vitest: ` ❯ Cart.total src/cart.ts:18:59`. */
const POINTED = /^\s*❯ (?:(\S.{0,300}) )?(\S{1,1000}:\d{1,9}:\d{1,9})$/;
/** A frame in TAP's `stack: |-`: `Cart.total (/app/cart.js:21:45)`, `file:///app/cart.js:21:45`. */
const STACKED =
  /^\s+(?:async )?(?:[\w$.<>[\] ]{1,300} \(\S{1,1000}:\d{1,9}:\d{1,9}\)|\S{1,1000}:\d{1,9}:\d{1,9})$/;
const NAMED = /^\s*(name|error): (?:\|-|['"]?(.*?)['"]?)$/;

/** Failures as the usual runners of JavaScript and TypeScript print them. */
export function javascriptFailures(lines: readonly string[]): readonly StackTrace[] {
  return blocksOf(lines, FAILURE).flatMap((block) => {
    const [head = '', ...rest] = block;
    return /^\s*not ok/.test(head) ? (tapFailure(rest) ?? []) : (parseJavascript(rest.map(asPrinted)) ?? []);
  });
}

/** A frame as V8 prints it; other lines at the margin. */
function asPrinted(line: string): string {
  const [, called, place] = POINTED.exec(line) ?? [];
  if (place === undefined) return /^\s+at \S/.test(line) ? line : line.trim();
  return called === undefined ? `    at ${place}` : `    at ${called} (${place})`;
}

function tapFailure(lines: readonly string[]): StackTrace | null {
  const end = lines.findIndex((line) => /^\s+\.\.\.$/.test(line));
  const told = end === -1 ? lines : lines.slice(0, end);
  const stack = told.findIndex((line) => /^\s*stack: \|-?$/.test(line));
  if (stack === -1) return null;
  const frames = told
    .slice(stack + 1)
    .map((line) => (STACKED.test(line) ? `    at ${line.trim()}` : line))
    .filter((line) => /^\s+at \S/.test(line));
  const said = new Map(told.slice(0, stack).map((line) => [NAMED.exec(line)?.[1], NAMED.exec(line)?.[2]]));
  const trace = parseJavascript([
    `${said.get('name') ?? 'AssertionError'}: ${said.get('error') ?? ''}`,
    ...frames,
  ]);
  return trace;
}
