import type { Language } from '../../domain/trace.ts';
import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Value } from './value.ts';

/** What a node means, whatever the language calls it. */
export type Meaning =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'self' }
  /** A field of the object itself, without naming it. */
  | { readonly is: 'own'; readonly name: string }
  /** `of.name`. */
  | { readonly is: 'field'; readonly of: SyntaxNode; readonly name: string; readonly safe: boolean }
  /** `of[key]`. */
  | { readonly is: 'item'; readonly of: SyntaxNode; readonly key: SyntaxNode }
  /** `of.name(args)`, or `name(args)` with `of` null. */
  | {
      readonly is: 'call';
      readonly of: SyntaxNode | null;
      readonly name: string;
      readonly args: readonly SyntaxNode[];
      readonly safe: boolean;
    }
  | {
      readonly is: 'operation';
      readonly operator: string;
      readonly sign: SyntaxNode;
      readonly left: SyntaxNode;
      readonly right: SyntaxNode;
    }
  | { readonly is: 'literal'; readonly value: Value }
  | { readonly is: 'list'; readonly items: readonly SyntaxNode[] }
  | { readonly is: 'map' }
  /** Text with expressions in it. */
  | { readonly is: 'text' }
  /** Parentheses, casts, a list of one. */
  | { readonly is: 'same'; readonly of: SyntaxNode }
  | { readonly is: 'await'; readonly of: SyntaxNode }
  | { readonly is: 'return'; readonly value: SyntaxNode | null }
  | {
      readonly is: 'assign';
      /** `=`, or such as `+=`. */
      readonly operator: string;
      readonly target: SyntaxNode;
      readonly value: SyntaxNode;
      /** It makes the name known. */
      readonly declares: boolean;
    }
  | {
      readonly is: 'each';
      readonly item: SyntaxNode;
      readonly list: SyntaxNode;
      readonly body: SyntaxNode;
    }
  | { readonly is: 'loop'; readonly condition: SyntaxNode; readonly body: SyntaxNode }
  | { readonly is: 'branch'; readonly condition: SyntaxNode; readonly then: SyntaxNode }
  | { readonly is: 'other' };

export type Of<Is extends Meaning['is']> = Extract<Meaning, { readonly is: Is }>;

export interface Parameter {
  /** Null for one that is taken apart. */
  readonly name: string | null;
  /** Names that it is taken apart into, by field. */
  readonly fields: readonly (readonly [field: string, name: string])[];
  /** As declared. */
  readonly type: string | null;
  readonly hasDefault: boolean;
}

/** A function or method with a name of its own. */
export interface Routine {
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
  readonly name: string;
  /** Class, module or receiver that it belongs to, with dots. */
  readonly owner: string | null;
  /** Needs an object to be called on. */
  readonly needsObject: boolean;
  readonly parameters: readonly Parameter[];
  /** Declared type of what it gives back. */
  readonly gives: string | null;
  readonly isAsync: boolean;
  /** Can be called from a test. */
  readonly isReachable: boolean;
}

/** How a language is read. */
export interface Reading {
  meaning(node: SyntaxNode): Meaning;
  /** Null for a node that is no routine, or has no name. */
  routine(node: SyntaxNode): Routine | null;
  /** Stands in a block of its own line: something can be put before it. */
  isStatement(node: SyntaxNode): boolean;
  /** A function without a name: a guard in it would leave it, not the routine around it. */
  isClosure(node: SyntaxNode): boolean;
}

/** How it is written. Statements are lines, indented below the first as `unit` says. */
export interface Writing {
  value(value: Value): string;
  /** Null where it cannot be said of such a value. */
  isNothing(expression: string): string | null;
  isZero(expression: string): string;
  isEmpty(list: string): string;
  /** The list is not longer than `index`. */
  isShort(list: string, index: string): string;
  /** Nothing of a declared type; null in languages that need not know it. */
  zero(type: string): Value | null;
  exit(value: string): string;
  readonly skip: string;
  guard(condition: string, then: string): readonly string[];
  /** `of` with its field or method reached only if it is there, or this value instead; null where there is no such form. */
  orElse(chain: SafeChain): string | null;
}

export interface SafeChain {
  /** The expression that may be nothing. */
  readonly holder: string;
  /** What follows it, such as `.name.trim()`. */
  readonly rest: string;
  /** What the whole is then; null to leave it nothing. */
  readonly instead: string | null;
}

export interface Dialect {
  readonly language: Language;
  readonly reading: Reading;
  readonly writing: Writing;
}
