import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Candidate, Edit } from './candidate.ts';
import type { Crash } from './crash.ts';
import type { Dialect, Meaning, Of, Routine } from './dialect.ts';
import { insteadOf } from './instead.ts';
import type { Scope } from './path.ts';
import { aboveOf, isIn, nodesIn } from './tree.ts';
import type { Value } from './value.ts';

/** Where it broke, as the templates see it. */
export interface Place {
  readonly crash: Crash;
  readonly text: string;
  readonly line: number;
  readonly routine: Routine;
  readonly dialect: Dialect;
  readonly scope: Scope;
}

/** Proposes repairs; none where its shape is not met. Likeliest first. */
export type Template = (place: Place) => readonly Candidate[];

export interface Found<M extends Meaning> {
  readonly node: SyntaxNode;
  readonly meaning: M;
}

/** What stands on the line of the crash and means this; what lies deeper comes first. */
export function onLine<Is extends Meaning['is']>(place: Place, is: Is): readonly Found<Of<Is>>[] {
  return [...nodesIn(place.routine.node)]
    .filter((node) => node.line <= place.line && place.line <= node.lastLine)
    .flatMap((node) => meaningOf(node, is, place))
    .filter(({ node }) => node.line === place.line || node.lastLine === place.line)
    .toReversed();
}

export function meaningOf<Is extends Meaning['is']>(
  node: SyntaxNode,
  is: Is,
  { dialect }: Pick<Place, 'dialect'>,
): readonly Found<Of<Is>>[] {
  const meaning = dialect.reading.meaning(node);
  return isOf(meaning, is) ? [{ node, meaning }] : [];
}

function isOf<Is extends Meaning['is']>(meaning: Meaning, is: Is): meaning is Of<Is> {
  return meaning.is === is;
}

/** Loops of a kind around a node, inner first, as far as the routine goes. */
export function around<Is extends 'each' | 'loop' | 'branch'>(
  node: SyntaxNode,
  is: Is,
  place: Place,
): readonly Found<Of<Is>>[] {
  return [node, ...aboveOf(node)]
    .filter((one) => isIn(one, place.routine.node))
    .flatMap((one) => meaningOf(one, is, place));
}

/** The statement that a node is part of; null where a function without a name lies between. */
export function statementOf(node: SyntaxNode, { dialect, routine }: Place): SyntaxNode | null {
  for (const one of [node, ...aboveOf(node)]) {
    if (one === routine.body || !isIn(one, routine.body)) return null;
    if (dialect.reading.isStatement(one)) return one;
    if (dialect.reading.isClosure(one)) return null;
  }
  return null;
}

/** Puts `if (condition) then` on a line of its own before the statement of a node. */
export function guardBefore(
  node: SyntaxNode,
  condition: string,
  then: string,
  place: Place,
): readonly Edit[] {
  const statement = statementOf(node, place);
  if (statement === null) return [];
  const indent = indentOf(statement, place.text);
  const lines = place.dialect.writing.guard(condition, then);
  const text = [...lines, ''].join(`\n${indent}`);
  return [{ from: statement.from, to: statement.from, text }];
}

export function indentOf(node: SyntaxNode, text: string): string {
  const start = text.lastIndexOf('\n', node.from - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, node.from))?.[0] ?? '';
}

export function replace(node: SyntaxNode, text: string): Edit {
  return { from: node.from, to: node.to, text };
}

/** What the routine may give back instead, as values and as written; two at most. */
export function insteads({
  routine,
  dialect,
}: Place): readonly { readonly value: Value; readonly text: string }[] {
  return insteadOf(routine, dialect)
    .slice(0, 2)
    .map((value) => ({ value, text: dialect.writing.value(value) }));
}

/** What a node stands in, beyond parentheses and casts around it: the node next below that, and that. */
export function outerOf(
  node: SyntaxNode,
  place: Place,
): { readonly inner: SyntaxNode; readonly outer: SyntaxNode | null } {
  const { parent } = node;
  return parent !== null && place.dialect.reading.meaning(parent).is === 'same'
    ? outerOf(parent, place)
    : { inner: node, outer: parent };
}

/** Can be written twice: it asks for something and changes nothing. */
export function isStable(node: SyntaxNode, { dialect }: Place): boolean {
  return [...nodesIn(node)].every((one) => {
    const meaning = dialect.reading.meaning(one);
    if (meaning.is === 'await') return false;
    return meaning.is !== 'call' || PURE.test(meaning.name);
  });
}

const PURE =
  /^(get\w*|find|first|last|at|len|length|size|count|charAt|trim|strip|split|is\w*|keys|values|sum|peek|\w+\?)$/;
