import type { Frame, StackTrace } from '../../domain/trace.ts';
import { draft, traceOf } from '../traces/lines.ts';
import { CHAIN, isInstalled, isTraceback, parsePython } from '../traces/python.ts';
import { blocksOf } from './blocks.ts';

const FAILURE = /^_{3,} (?!summary)\S.{0,300} _{3,}$/;
/** Ends the failures. */
const SECTION = /^={3,} .{1,200} ={3,}$/;
/** `src/cart.py:18: TypeError`, `src/cart.py:18: in total`, `src/cart.py:18: ` below the code of the function. */
const PLACE = /^((?:[A-Za-z]:)?[^\s:][^:]{0,500}\.pyx?):(\d{1,9}): ?(?:in (.{1,300})|([\w.]*)(?:: (.*))?)$/;
const DEFINITION = /^\s{4,}(?:async )?def (\w+)\(/;
const ERROR = /^E {3}\s*([A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt|Failed)?)(?:: (.*))?$/;

/** `FAIL: test_total (tests.test_cart.CartTest)` of unittest, which prints tracebacks. */
const UNITTEST = /^(?:FAIL|ERROR): \w+ \(/;

/** Failures as pytest and unittest print them. */
export function pythonFailures(lines: readonly string[]): readonly StackTrace[] {
  const failures = pytestFailures(lines);
  return failures.length > 0
    ? failures
    : blocksOf(lines, UNITTEST).flatMap((block) => parsePython(block) ?? []);
}

/** With `--tb=auto`, `long`, `short`, `line` or `native`. */
function pytestFailures(lines: readonly string[]): readonly StackTrace[] {
  const from = lines.findIndex((line) => /^={3,} (?:FAILURES|ERRORS) ={3,}$/.test(line));
  if (from === -1) return [];
  const end = lines.findIndex((line, i) => i > from && /^={3,} .*(?:summary|in \d).* ={3,}$/.test(line));
  const told = lines.slice(from + 1, end === -1 ? lines.length : end).filter((line) => !SECTION.test(line));
  const blocks = blocksOf(told, FAILURE);
  if (blocks.length === 0) return told.flatMap((line) => traceOfSection([line]) ?? []);
  return blocks.flatMap((block) => failureOf(block) ?? []);
}

/** With the errors that it was raised from as causes. */
function failureOf(block: readonly string[]): StackTrace | null {
  if (block.some(isTraceback) && !block.some((line) => PLACE.test(line))) return parsePython(block);
  const captured = block.findIndex((line) => /^-{3,} Captured /.test(line));
  const shown = captured === -1 ? block : block.slice(0, captured);
  const chained = shown.findIndex((line) => CHAIN.test(line));
  const causes = blocksOf(shown, CHAIN);
  const own = chained === -1 ? shown : shown.slice(0, chained);
  let last: StackTrace | null = null;
  for (const section of [own, ...causes]) {
    const trace = traceOfSection(section);
    if (trace !== null) last = { ...trace, cause: last };
  }
  return last;
}

function traceOfSection(lines: readonly string[]): StackTrace | null {
  const places = placesOf(lines);
  if (places.length === 0) return null;
  const made = draft(...errorOf(lines, places.findLast(({ told }) => told !== '')?.told ?? ''));
  made.frames.push(...places.map(({ frame }) => frame).toReversed());
  return traceOf('python', made);
}

interface Place {
  readonly frame: Frame;
  /** What the place says of the error; empty on the way to it. */
  readonly told: string;
}

/** Outermost first. */
function placesOf(lines: readonly string[]): readonly Place[] {
  const places: Place[] = [];
  let defined: string | null = null;
  for (const line of lines) {
    defined = DEFINITION.exec(line)?.[1] ?? defined;
    const [, file, row, within, type = '', message] = PLACE.exec(line) ?? [];
    if (file === undefined) continue;
    const symbol = (within ?? defined)?.replace('<module>', '') || null;
    const frame = { file, line: Number(row), column: null, symbol, inApp: !isInstalled(file) };
    places.push({ frame, told: type === '' || message === undefined ? type : `${type}: ${message}` });
    defined = null;
  }
  return places;
}

/** Class and message, of the line that is marked with an E, else of what a place told. */
function errorOf(lines: readonly string[], told: string): readonly [type: string, message: string] {
  const [, type = /^[\w.]+/.exec(told)?.[0] ?? 'AssertionError', text = told] =
    lines.map((line) => ERROR.exec(line)).find((found) => found !== null) ?? [];
  return [type, text];
}
