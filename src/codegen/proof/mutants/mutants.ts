import type { Language } from '../../../domain/trace.ts';
import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import { type ChangedFunction, ownNodes } from '../changed-functions.ts';
import { ancestors, touches } from '../syntax-walk.ts';
import { codeWords } from '../words.ts';
import type { Edit, Operator } from './edit.ts';
import { calledLess, conditioned, fallenBack, returnedNothing } from './flow.ts';
import { flipped, otherConstant } from './values.ts';

/** A program that differs from the fix in one place. */
export interface Mutant {
  /** 1-based, in the fix's text. */
  readonly line: number;
  /** What was done, in words. */
  readonly what: string;
  /** The whole file. */
  readonly text: string;
}

/** Those that tests notice most often come first. */
const OPERATORS: readonly Operator[] = [
  fallenBack,
  conditioned,
  flipped,
  returnedNothing,
  otherConstant,
  calledLess,
];

/**
 * Small changes of a function, best first: those of changed lines before others, those that could make a loop run for
 * ever last.
 */
export function mutantsOf(
  owner: ChangedFunction,
  { text: source, language }: { readonly text: string; readonly language: Language },
  changed: ReadonlySet<number>,
): readonly Mutant[] {
  const nodes = ownNodes(owner);
  const found = OPERATORS.flatMap((operator, rank) =>
    nodes.flatMap((node) =>
      operator(node, language).map((edit) => ({
        edit,
        rank: rank + (touches(edit.node, changed) ? 0 : 10) + (mayLoop(edit.node) ? 100 : 0),
      })),
    ),
  );
  return found.toSorted((a, b) => a.rank - b.rank).map(({ edit }) => mutantOf(edit, source));
}

function mutantOf({ node, text }: Edit, source: string): Mutant {
  return {
    line: node.line,
    what: `${codeWords(node.text)} became ${text.trim() === '' ? 'nothing' : codeWords(text)}`,
    text: source.slice(0, node.from) + text + source.slice(node.to),
  };
}

/** It stands in what decides whether a loop goes on: its head, or a way out of its body. */
function mayLoop(node: SyntaxNode): boolean {
  let below = node;
  for (const around of ancestors(node)) {
    const isLoop = /^(for|while|do|until|loop)(_|$)/.test(around.type) && around.isNamed;
    if (isLoop && (around.field('body') !== below || /^(return|break|if|augmented|update)/.test(node.type)))
      return true;
    below = around;
  }
  return false;
}
