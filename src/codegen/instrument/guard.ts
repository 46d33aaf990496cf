import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import { hunksOf } from '../line-diff.ts';
import { type Branch, branchOf, isRoutine, leaves, routineName, walk } from './grammar.ts';

const CONDITION = /\b(if|unless|elsif|elif|when|case|while|until)\b/;

/** A branch that the fix added: what runs there runs when the invariant is violated. */
export interface Guard {
  readonly branch: Branch;
  readonly routine: string;
}

/**
 * The first branch that is new from its first line to its last, holds nothing of the old code, and leads away. That is
 * where a fix handles what must not be. One that stands in place of an older condition is none: there what is in order
 * may go as well, and a signal would tell of it.
 */
export function guardIn(root: SyntaxNode, before: string, after: string): Guard | null {
  const hunks = hunksOf(before, after);
  const fresh = hunks.filter((hunk) => !hunk.removed.some((line) => CONDITION.test(line)));
  const added = new Set(fresh.flatMap(({ from, added }) => added.map((_, at) => from + at)));
  const removed = new Set(hunks.flatMap((hunk) => hunk.removed.map((line) => line.trim())));
  const lines = after.split('\n');
  for (const node of walk(root)) {
    const branch = branchOf(node);
    if (branch === null || !isWhollyIn(node, added)) continue;
    const isOld = branch.statements.some((one) =>
      range(one.line, one.lastLine).some((line) => removed.has((lines[line - 1] ?? '').trim())),
    );
    if (isOld || (branch.condition !== null && !leaves(branch.statements))) continue;
    const routine = routineOf(node);
    if (routine !== null) return { branch, routine };
  }
  return null;
}

function isWhollyIn(node: SyntaxNode, lines: ReadonlySet<number>): boolean {
  return range(node.line, node.lastLine).every((line) => lines.has(line));
}

function routineOf(node: SyntaxNode): string | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    const name = isRoutine(at) ? routineName(at) : null;
    if (name !== null) return name;
  }
  return null;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
