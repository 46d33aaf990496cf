import type { Language } from '../../../domain/trace.ts';
import type { SyntaxNode } from '../../../ports/syntax-tree.ts';

/** A node is replaced by a text. */
export interface Edit {
  readonly node: SyntaxNode;
  readonly text: string;
}

/** What may be done to a node; nothing where the operator does not fit. */
export type Operator = (node: SyntaxNode, language: Language) => readonly Edit[];

/** What a function gives that gives nothing. */
export const NOTHING: Readonly<Record<Language, string>> = {
  javascript: 'undefined',
  typescript: 'undefined',
  python: 'None',
  go: 'nil',
  java: 'null',
  ruby: 'nil',
};
