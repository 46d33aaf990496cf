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

/** A random bug of a random shape that fits somewhere in the function; null when none does. */
export function mutationOf(owner: NamedFunction, text: string, random: Random): Mutation | null {
  const definition = owner.body.parent ?? owner.body;
  const inner = [...walk(definition)];
  const shapes = Object.entries(BUG_SHAPES);
  for (let left = shapes.length; left > 0; left -= 1) {
    const [[shape, fits] = ['', () => []]] = shapes.splice(integerBetween(random, 0, left - 1), 1);
    const edits = inner.flatMap((node) => (isWhole(node) ? fits(node, owner.parameters) : []));
    const edit = edits[integerBetween(random, 0, edits.length - 1)];
    if (edit !== undefined) return { shape, edit: withLine(edit, text) };
  }
  return null;
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
