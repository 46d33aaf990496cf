import type { Node } from 'web-tree-sitter';
import { integerBetween, type Random } from '../detection/random.ts';
import { BUG_SHAPES } from './bug-shapes.ts';
import type { Edit } from './shapes/edit.ts';
import { type NamedFunction, walk } from './syntax.ts';

/** A bug in a function, as one edit of its file. */
export interface Mutation {
  readonly shape: string;
  readonly edit: Edit;
}

/** How readily a shape is chosen, above 0. */
export type Weigh = (shape: string) => number;

/** A random bug of a random shape that fits somewhere in the function; null when none does. */
export function mutationOf(
  owner: NamedFunction,
  text: string,
  random: Random,
  weigh: Weigh = () => 1,
): Mutation | null {
  const nodes = [...walk(owner.body.parent ?? owner.body)].filter(isWhole);
  const fitting = Object.entries(BUG_SHAPES)
    .map(([shape, fits]) => ({ shape, edits: nodes.flatMap((node) => fits(node, owner.parameters)) }))
    .filter(({ edits }) => edits.length > 0);
  const shape = drawn(fitting, random, ({ shape: name }) => weigh(name));
  const edit = shape?.edits[integerBetween(random, 0, shape.edits.length - 1)];
  return shape === null || edit === undefined ? null : { shape: shape.shape, edit: withLine(edit, text) };
}

function drawn<One>(among: readonly One[], random: Random, weigh: (one: One) => number): One | null {
  const all = among.reduce((sum, one) => sum + weigh(one), 0);
  let left = random() * all;
  return among.find((one) => (left -= weigh(one)) < 0) ?? null;
}

function isWhole(node: Node): boolean {
  return !node.hasError && !node.isMissing;
}

/** What leaves an empty line behind takes the line with it. */
function withLine(edit: Edit, text: string): Edit {
  if (edit.text !== '') return edit;
  const from = text.lastIndexOf('\n', edit.from - 1) + 1;
  const newline = text.indexOf('\n', edit.to);
  const to = newline === -1 ? text.length : newline + 1;
  const isAlone = /^[\s;]*$/.test(text.slice(from, edit.from) + text.slice(edit.to, to));
  return isAlone ? { from, to, text: '' } : edit;
}

/** A text with edits that do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.from - a.from)
    .reduce((whole, { from, to, text: put }) => whole.slice(0, from) + put + whole.slice(to), text);
}

/** 1-based. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
