import type { Node } from 'web-tree-sitter';
import type { Scope } from '../../ports/syntax.ts';

/** What a node type is to an outline. Types without a role are only passed through. */
export type Role =
  /** A class, module, function or method; anonymous functions too. */
  | 'scope'
  | 'call'
  | 'arguments'
  /** A block that is handed to a call without standing among its arguments (Ruby). */
  | 'block'
  | 'throw'
  | 'string'
  /** A regular expression: only one of routes counts as a text. */
  | 'pattern'
  /** Constant text in a string, and what is put in at run time. */
  | 'text'
  | 'hole'
  /** Key and value: what stands in it has that key. */
  | 'pair'
  /** An expression that stands alone: a string in it is a docstring or a directive. */
  | 'statement'
  | 'decorator'
  | 'import';

export interface ScopeHead {
  readonly kind: Exclude<Scope['kind'], 'file'>;
  /** Null for an anonymous function: its code belongs to the scope around it. */
  readonly name: string | null;
  /** What it belongs to beside the scopes around it: the receiver of a Go method. */
  readonly owner?: string;
}

/** How a grammar names things. */
export interface Dialect {
  readonly roles: Readonly<Record<string, Role>>;
  /** What a node of role `scope` is called. */
  headOf(node: Node): ScopeHead;
}

/** Text of a field's node; null where there is none. */
export function fieldText(node: Node | null, field: string): string | null {
  return node?.childForFieldName(field)?.text ?? null;
}
