import type { Node } from 'web-tree-sitter';
import { type Edit, replaced } from './edit.ts';

const NUMBERS = new Set(['integer', 'number', 'int_literal', 'decimal_integer_literal']);
const BOUNDS: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };

export function offByOne(node: Node): readonly Edit[] {
  const bound = isOperator(node) ? BOUNDS[node.type] : undefined;
  if (bound !== undefined) return [replaced(node, bound)];
  if (!NUMBERS.has(node.type) || !/^\d{1,3}$/.test(node.text)) return [];
  const value = Number(node.text);
  return [value + 1, value - 1].filter((one) => one >= 0).map((one) => replaced(node, String(one)));
}

const OTHERS = new Map(
  '+ - | - + | * + | / * | % / | // / | += -= | -= += | == != | != == | === !== | !== === | && || | and or | or and'
    .split(' | ')
    .map((pair): [string, string] => [pair.split(' ')[0] ?? '', pair.split(' ')[1] ?? ''])
    .concat([
      ['||', '&&'],
      ['is', 'is not'],
      ['&', '|'],
    ]),
);

export function wrongOperator(node: Node): readonly Edit[] {
  const other = isOperator(node) ? OTHERS.get(node.type) : undefined;
  return other === undefined ? [] : [replaced(node, other)];
}

/** Not the `|` of a type, the `<` of a generic one, or the sign of a number. */
function isOperator(node: Node): boolean {
  const around = node.parent?.type ?? '';
  return !node.isNamed && /^(?:binary|comparison|boolean|augmented|operator_assignment)/.test(around);
}

export function missingNot(node: Node): readonly Edit[] {
  if (!/^(?:not_operator|unary|unary_expression)$/.test(node.type) || !/^(?:!|not\b)/.test(node.text))
    return [];
  const operand = node.childForFieldName('argument') ?? node.childForFieldName('operand');
  return operand === null ? [] : [replaced(node, operand.text)];
}
