import type { TestRun } from '../domain/fix.ts';
import type { FileChange } from '../ports/workspace.ts';
import { addedLines } from './guard.ts';

/** Marks that take a test out of the run or let it fail without saying so. */
const MARKS: readonly RegExp[] = [
  /\b(it|test|describe|suite|bench|context)(\.\w+)*\.(skip|todo|only|fails|failing|skipIf|runIf|todoIf)\b/g,
  /\b(x(it|test|describe)|f(it|describe))\s*\(/g,
  /\b(skip|todo|only|fails)\s*:\s*(?!false\b)\S/g,
  /\b(t|ctx|context|this)\.(skip|todo)\s*\(/g,
  /\bpytest\.(mark\.(skip|skipif|xfail)|skip|xfail|importorskip|exit)\b/g,
  /\b(unittest\.(skip\w*|expectedFailure)|SkipTest|skipTest)\b/g,
  /\b(pytestmark|collect_ignore\w*|__test__)\s*=/g,
  /\b(process\.exit|process\.abort|os\._exit|sys\.exit)\s*\(/g,
];

/** Code that behaves otherwise while it is being tested. */
const TEST_AWARE =
  /\b(NODE_TEST_CONTEXT|VITEST(_\w+)?|JEST_WORKER_ID|PYTEST_CURRENT_TEST|PYTEST_VERSION)\b|NODE_ENV\W{1,6}test\b|\bin sys\.modules\b/;

const ASSERTION =
  /\b(assert\w*|expect|should|raises|toBe\w*|toEqual|toThrow|strictEqual|deepEqual|rejects|throws)\b/;

/** Is the path a test, or something that tests rest on (fixtures, mocks, snapshots)? */
export function isTestLike(path: string, isTest: (path: string) => boolean): boolean {
  return isTest(path) || /(^|\/)(tests?|specs?|__tests__|__mocks__|__snapshots__)\//.test(path);
}

/**
 * What the change does to the tests that were there, in words; empty when nothing. Existing test files may only grow:
 * each of their lines must still be there, in the same order (imports and comments aside).
 */
export function tamperingIn(
  changes: readonly FileChange[],
  isTest: (path: string) => boolean,
): readonly string[] {
  return changes.flatMap((change) => {
    const found = isTestLike(change.path, isTest) ? testTampering(change) : sourceTampering(change);
    return found === null ? [] : [`${change.path}: ${found}`];
  });
}

/** Tests that passed on the base and are gone, skipped or failing with the fix. */
export function lostTests(baseline: TestRun, suite: TestRun): readonly string[] {
  const after = new Set(suite.results.filter((test) => test.outcome === 'passed').map(keyOf));
  return baseline.results
    .filter((test) => test.outcome === 'passed' && !after.has(keyOf(test)))
    .map((test) => `${test.file} > ${test.name}`);
}

export function keyOf(test: { readonly file: string; readonly name: string }): string {
  return `${test.file}\u0000${test.name}`;
}

function testTampering(change: FileChange): string | null {
  if (change.changeType === 'delete') return 'an existing test file was deleted';
  const before = change.before ?? '';
  const after = change.after ?? '';
  if (marksIn(after) > marksIn(before)) return 'a test is skipped, singled out, or made to end early';
  if (change.changeType === 'create') return null;
  if (earlyReturns(after) > earlyReturns(before)) return 'an early return was added to an existing test file';
  const lost = firstLostLine(before, after);
  if (lost === null) return null;
  const what = ASSERTION.test(lost)
    ? 'an existing assertion was removed or changed'
    : 'existing test code was changed';
  return `${what} (${lost.slice(0, 120)})`;
}

function sourceTampering(change: FileChange): string | null {
  const line = addedLines(change).find((added) => TEST_AWARE.test(added));
  return line === undefined
    ? null
    : `the code asks whether it is being tested (${line.trim().slice(0, 120)})`;
}

function marksIn(text: string): number {
  return MARKS.reduce((sum, mark) => sum + (text.match(mark)?.length ?? 0), 0);
}

function earlyReturns(text: string): number {
  return text.match(/(^|[{;)])\s*return\s*(;|$)/gm)?.length ?? 0;
}

/** First line of `before` that `after` no longer has at or behind its place. */
function firstLostLine(before: string, after: string): string | null {
  const kept = linesOf(after);
  let at = 0;
  for (const line of linesOf(before)) {
    const found = kept.indexOf(line, at);
    if (found === -1) return line;
    at = found + 1;
  }
  return null;
}

/** Lines that mean something, without indentation and closing commas; imports, comments and brackets left out. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/[,;]+$/, ''))
    .filter((line) => /\w/.test(line) && !IMPORT.test(line) && !/^(\/\/|#|\*|\/\*)/.test(line));
}

const IMPORT =
  /^(import\b|from\s+\S+\s+import\b|(const|let|var)\s.+=\s*(await\s+import|require)\s*\(|}\s*from\s)/;
