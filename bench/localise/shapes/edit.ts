import type { Node } from 'web-tree-sitter';

/** Replaces the characters `from` to `to` (exclusive). */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What a shape may do at a node; nothing where it does not fit. `parameters` are those of the function around it. */
export type Shape = (node: Node, parameters: readonly string[]) => readonly Edit[];

export function replaced(node: Node, text: string): Edit {
  return { from: node.startIndex, to: node.endIndex, text };
}

/** A statement is left out; Python wants one in its place where it was the only one. */
export function removed(node: Node): Edit {
  const isPython = node.tree.rootNode.type === 'module';
  return replaced(node, isPython && node.parent?.namedChildCount === 1 ? 'pass' : '');
}

export function isArguments(node: Node | null): boolean {
  return node !== null && /^(?:argument_list|arguments)$/.test(node.type);
}
