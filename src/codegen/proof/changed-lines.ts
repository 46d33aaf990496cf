import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { FileChange } from '../../ports/workspace.ts';
import { hunksOf } from '../line-diff.ts';
import { tokens } from './syntax-walk.ts';

/**
 * Lines of the new text that hold code and are new, and, where code was only taken out, the lines around that place.
 * Comments and blank lines change nothing.
 */
export function changedCodeLines(change: FileChange, root: SyntaxNode): ReadonlySet<number> {
  const withCode = new Set([...tokens(root)].flatMap(({ line, lastLine }) => range(line, lastLine)));
  const hunks = hunksOf(change.before ?? '', change.after ?? '');
  const lines = hunks.flatMap(({ from, added, removed }) =>
    added.length === 0 && removed.some((line) => /\w/.test(line))
      ? [from - 1, from]
      : added.map((_, at) => from + at),
  );
  return new Set(lines.filter((line) => withCode.has(line)));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
