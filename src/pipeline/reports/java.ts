import type { StackTrace } from '../../domain/trace.ts';
import { parseJava } from '../traces/java.ts';
import { draft, traceOf } from '../traces/lines.ts';
import { blocksOf } from './blocks.ts';

/**
 * Surefire's `x <<< FAILURE!`, Gradle's `CartTest > total() FAILED`, JUnit's console (`=> java...`) and text runner
 * (`1) total(shop.CartTest)`), Defects4J's `--- shop.CartTest::total`.
 */
const FAILURE =
  /<<< (?:FAILURE|ERROR)!|^\S.{0,300} > .{1,300} FAILED$|^\s+=> (?:\w+\.)+\w+|^\d{1,5}\) \w+\([\w.$]+\)|^--- [\w.$]+::\w+/;
const ARROW = /^\s+=> /;
/** JUnit's console shows frames without `at`. */
const BARE_FRAME = /^\s+(?=(?:[\w.$-]+\/)?[\w.$]+\.[\w$<>]+\([\w$]+\.\w+:\d+\)$)/;
/** Gradle's short form: `java.lang.NullPointerException at CartTest.java:29`; Surefire's summary: `CartTest.total:24 expected`. */
const SHORT = /^\s+([\w.$]+) at ([\w$]+\.(?:java|kt|groovy|scala)):(\d{1,9})$/;
const SUMMARY = /^\[ERROR\] {2,3}([\w$]+)\.([\w$]+):(\d{1,9})(?:->\S+)? (.+)$/;

/** Failures of JUnit and TestNG, as the tools print them that run them. */
export function javaFailures(lines: readonly string[]): readonly StackTrace[] {
  const found = blocksOf(lines, FAILURE).flatMap(
    (block) => parseJava(block.map(asPrinted)) ?? shortOf(block),
  );
  return found.length > 0 ? found : lines.flatMap(summaryOf);
}

function asPrinted(line: string): string {
  return line.replace(ARROW, '').replace(BARE_FRAME, '\tat ');
}

function shortOf(block: readonly string[]): readonly StackTrace[] {
  const [, type, file = '', row] = block.map((line) => SHORT.exec(line)).find((one) => one !== null) ?? [];
  return type === undefined ? [] : [atLine({ type, text: '' }, file, row)];
}

function summaryOf(line: string): readonly StackTrace[] {
  const [, owner, , row, text = ''] = SUMMARY.exec(line) ?? [];
  return owner === undefined ? [] : [atLine({ type: 'test failure', text }, `${owner}.java`, row)];
}

function atLine(
  { type, text }: { readonly type: string; readonly text: string },
  file: string,
  row = '1',
): StackTrace {
  const made = draft(type, text);
  made.frames.push({ file, line: Number(row), column: null, symbol: null, inApp: true });
  return traceOf('java', made);
}
