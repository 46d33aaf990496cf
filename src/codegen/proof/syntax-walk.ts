import type { SyntaxNode } from '../../ports/syntax-tree.ts';

/** A node and all below it, in the order of the source. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** Tokens, without comments, each on the line where it begins. */
export function* tokens(node: SyntaxNode): Generator<SyntaxNode> {
  if (isComment(node)) return;
  if (node.children.length === 0) {
    if (node.text.trim() !== '') yield node;
    return;
  }
  for (const child of node.children) yield* tokens(child);
}

function isComment(node: SyntaxNode): boolean {
  return node.type.endsWith('comment');
}

/** From the parent up to the root. */
export function* ancestors(node: SyntaxNode): Generator<SyntaxNode> {
  for (let at = node.parent; at !== null; at = at.parent) yield at;
}

export function named(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.isNamed && !isComment(child));
}

/** Does the node share a line with one of these? */
export function touches(node: SyntaxNode, lines: ReadonlySet<number>): boolean {
  for (let line = node.line; line <= node.lastLine; line += 1) if (lines.has(line)) return true;
  return false;
}

/** The text of a string as written, without its quotes; null for another node. */
export function stringValue(node: SyntaxNode): string | null {
  if (
    !/^(string|string_literal|interpreted_string_literal|raw_string_literal|template_string)$/.test(node.type)
  ) {
    return null;
  }
  return node.text.replace(/^[a-zA-Z]*("""|'''|["'`])/, '').replace(/("""|'''|["'`])$/, '');
}

const NUMBERS =
  /^(number|integer|float|int_literal|float_literal|decimal_integer_literal|decimal_floating_point_literal)$/;

export function isNumber(node: SyntaxNode): boolean {
  return NUMBERS.test(node.type);
}
