import { type Node, Parser as TreeSitter } from 'web-tree-sitter';
import type { Parser, SyntaxNode } from '../../ports/syntax-tree.ts';
import { grammarOf, loadGrammar } from './grammars.ts';

const MOST_CHARACTERS = 1_048_576;

/** Concrete syntax trees by tree-sitter, copied out of its memory so that nobody has to free them. */
export function treeSitterParser(): Parser {
  return {
    async parse(file, text) {
      const name = grammarOf(file);
      if (name === null || text.length > MOST_CHARACTERS) return null;
      const language = await loadGrammar(name);
      const parser = new TreeSitter();
      try {
        parser.setLanguage(language);
        const tree = parser.parse(text);
        if (tree === null) return null;
        try {
          return copyOf(tree.rootNode, text, null);
        } finally {
          tree.delete();
        }
      } finally {
        parser.delete();
      }
    },
  };
}

interface Copy extends SyntaxNode {
  readonly children: SyntaxNode[];
}

function copyOf(node: Node, source: string, parent: SyntaxNode | null): SyntaxNode {
  const fields = new Map<string, SyntaxNode>();
  const copy: Copy = {
    type: node.type,
    isNamed: node.isNamed,
    hasError: node.hasError,
    text: source.slice(node.startIndex, node.endIndex),
    from: node.startIndex,
    to: node.endIndex,
    line: node.startPosition.row + 1,
    lastLine: node.endPosition.row + 1,
    parent,
    children: [],
    field: (name) => fields.get(name) ?? null,
  };
  node.children.forEach((child, at) => {
    const below = copyOf(child, source, copy);
    copy.children.push(below);
    const field = node.fieldNameForChild(at);
    if (field !== null && !fields.has(field)) fields.set(field, below);
  });
  return copy;
}
