import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Meaning } from '../dialect.ts';
import { named } from '../tree.ts';
import type { Value } from '../value.ts';

export const OTHER: Meaning = { is: 'other' };

export function literal(value: Value): Meaning {
  return { is: 'literal', value };
}

/** What stands for its only part. */
export function same(node: SyntaxNode): Meaning {
  const [of] = named(node);
  return of === undefined ? OTHER : { is: 'same', of };
}

/** The same, unless there are several. */
export function single(node: SyntaxNode): Meaning {
  return named(node).length === 1 ? same(node) : OTHER;
}

export function field(of: SyntaxNode | null, name: string | undefined, safe = false): Meaning {
  return of === null || name === undefined ? OTHER : { is: 'field', of, name, safe };
}

export function call(of: SyntaxNode | null, name: string | undefined, args: readonly SyntaxNode[]): Meaning {
  return name === undefined ? OTHER : { is: 'call', of, name, args, safe: false };
}

/** A node with the fields `left`, `operator` and `right`. */
export function operation(node: SyntaxNode): Meaning {
  const [left, sign, right] = [node.field('left'), node.field('operator'), node.field('right')];
  return left === null || sign === null || right === null
    ? OTHER
    : { is: 'operation', operator: sign.text, sign, left, right };
}

/** Assignment with the fields `left` and `right`. */
export function assign(node: SyntaxNode, operator: string, declares: boolean): Meaning {
  const [target, value] = [node.field('left'), node.field('right')];
  return target === null || value === null ? OTHER : { is: 'assign', operator, target, value, declares };
}
