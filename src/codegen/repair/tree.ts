import type { SyntaxNode } from '../../ports/syntax-tree.ts';

/** The node and all below it, outer ones first, in the order of the source. */
export function* nodesIn(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const child of node.children) yield* nodesIn(child);
}

/** From a node's parent up to the root. */
export function* aboveOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (let at = node.parent; at !== null; at = at.parent) yield at;
}

export function named(node: SyntaxNode): readonly SyntaxNode[] {
  return node.children.filter((child) => child.isNamed && child.type !== 'comment');
}

/** Without what TypeScript wraps around a value to silence itself: `value!`. */
export function bare(node: SyntaxNode): SyntaxNode {
  const [inner] = node.type === 'non_null_expression' ? named(node) : [];
  return inner === undefined ? node : bare(inner);
}

export function isIn(node: SyntaxNode, outer: SyntaxNode): boolean {
  return node.from >= outer.from && node.to <= outer.to;
}
