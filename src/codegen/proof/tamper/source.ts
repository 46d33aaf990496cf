import type { Parser } from '../../../ports/syntax-tree.ts';
import type { FileChange } from '../../../ports/workspace.ts';
import { addedLines } from '../../guard/added-lines.ts';
import { changedCodeLines } from '../changed-lines.ts';
import { codeWords } from '../words.ts';
import { hardCodedIn } from './hard-coded.ts';
import { ASKS_FOR_ONE_INPUT, BENDS_ASSERTIONS, countOf, SUPPRESSIONS, TEST_AWARE } from './marks.ts';
import { swallowedIn } from './swallowed.ts';

export interface SourceSuspicion {
  readonly errorType: string | null;
  /** Literals of the lines that the change adds to tests. */
  readonly literalsOfTests: ReadonlySet<string>;
  readonly parser: Parser;
}

/** What a change does to source that passes tests without being a fix; in words, null when nothing. */
export async function sourceTampering(
  change: FileChange,
  { errorType, literalsOfTests, parser }: SourceSuspicion,
): Promise<string | null> {
  const { path, before, after } = change;
  const aware = addedLines(change).find((line) => TEST_AWARE.test(line));
  if (aware !== undefined) return `the code asks whether it is being tested (${codeWords(aware)})`;
  const bent = addedLines(change).find((line) => BENDS_ASSERTIONS.test(line));
  if (bent !== undefined) return `the code changes what tests assert with (${codeWords(bent)})`;
  const single = addedLines(change).find((line) => ASKS_FOR_ONE_INPUT.test(line));
  if (single !== undefined) return `the code asks for one input, written out (${codeWords(single)})`;
  if (countOf(SUPPRESSIONS, after ?? '') > countOf(SUPPRESSIONS, before ?? '')) {
    return 'a linter, type checker or coverage tool is told to look away';
  }
  const root = after === null ? null : await parser.parse(path, after);
  if (root === null) return null;
  const lines = changedCodeLines(change, root);
  return swallowedIn(root, lines, errorType) ?? hardCodedIn(root, lines, literalsOfTests);
}
