import type { Parser } from '../../../ports/syntax-tree.ts';
import type { FileChange } from '../../../ports/workspace.ts';
import { addedLines } from '../../guard/added-lines.ts';
import { type LostLine, lostLine, lostTextLine } from './kept-code.ts';
import { ASSERTION, asserts, countOf, SKIPS, SUPPRESSIONS, TEST_BEGINS } from './marks.ts';

/** What a change does to a test file, or to what tests rest on, that it may not; in words, null when nothing. */
export async function testTampering(
  change: FileChange,
  isTest: boolean,
  parser: Parser,
): Promise<string | null> {
  if (change.changeType === 'delete') return 'an existing test file was deleted';
  const [before, after] = [change.before ?? '', change.after ?? ''];
  if (countOf(SKIPS, after) > countOf(SKIPS, before)) {
    return 'a test is skipped, singled out, or made to end early';
  }
  if (countOf(SUPPRESSIONS, after) > countOf(SUPPRESSIONS, before)) return 'a checker is told to look away';
  if (redefinesAssertions(change)) return 'an assertion or a test function is defined anew';
  if (change.changeType === 'modify') {
    const lost = await lostIn(change.path, before, after, parser);
    if (lost !== null) return lostWords(lost);
    if (earlyReturns(after) > earlyReturns(before))
      return 'an early return was added to an existing test file';
  }
  return isTest && !assertsMore(change) ? 'the new test asserts nothing' : null;
}

async function lostIn(path: string, before: string, after: string, parser: Parser): Promise<LostLine | null> {
  const [old, made] = [await parser.parse(path, before), await parser.parse(path, after)];
  return old === null || made === null ? lostTextLine(before, after) : lostLine(old, made);
}

function lostWords({ text, moved }: LostLine): string {
  const what = ASSERTION.test(text) ? 'an existing assertion' : 'existing test code';
  const how = moved ? 'was put where it may not be run' : 'was removed or changed';
  return `${what} ${how} (${text.slice(0, 120)})`;
}

/** A test that only calls the code asserts nothing; a further row of a table that is tested does. */
function assertsMore(change: FileChange): boolean {
  const added = addedLines(change);
  const isRow = change.changeType === 'modify' && !added.some((line) => TEST_BEGINS.test(line));
  return isRow || added.some(asserts);
}

const ASSERTIONS_DEFINED =
  /\b(const|let|var|function|def|class|func)\s+(expect|assert\w*|it|test|describe)\b\s*[=(:<]|^\s*(expect|assert|it|test|describe)\s*=[^=]|\b(assert|expect)\.\w+\s*=[^=>]/m;

function redefinesAssertions(change: FileChange): boolean {
  return addedLines(change).some(
    (line) => ASSERTIONS_DEFINED.test(line) && !/=\s*(await\s+import|require)\b|\bdef test\b/.test(line),
  );
}

function earlyReturns(text: string): number {
  return text.match(/(^|[{;)])\s*return\s*(;|$)/gm)?.length ?? 0;
}
