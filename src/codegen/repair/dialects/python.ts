import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Parameter, Routine } from '../dialect.ts';
import { aboveOf, named } from '../tree.ts';
import type { Value } from '../value.ts';
import { assign, call, field, literal, OTHER, operation, same, single } from './meanings.ts';

/** Python, by the node types of tree-sitter-python. */
export const python: Dialect = {
  language: 'python',
  reading: { meaning, routine, isStatement, isClosure: (node) => node.type === 'lambda' },
  writing: {
    value: written,
    isNothing: (it) => `${it} is None`,
    isZero: (it) => `${it} == 0`,
    isEmpty: (list) => `len(${list}) == 0`,
    isShort: (list, index) => `len(${list}) <= ${index}`,
    zero: () => null,
    exit: (value) => `return ${value}`,
    skip: 'continue',
    guard: (condition, then) => [`if ${condition}:`, `    ${then}`],
    orElse: ({ holder, rest, instead }) =>
      `(${holder}${rest} if ${holder} is not None else ${instead ?? 'None'})`,
  },
};

const READERS: Readonly<Record<string, (node: SyntaxNode) => Meaning>> = {
  identifier: ({ text }) => (text === 'self' ? { is: 'self' } : { is: 'name', name: text }),
  attribute: (node) => field(node.field('object'), node.field('attribute')?.text),
  subscript: (node) => {
    const [of, key] = [node.field('value'), node.field('subscript')];
    return of === null || key === null || key.type === 'slice' ? OTHER : { is: 'item', of, key };
  },
  call: (node) => {
    const callee = node.field('function');
    const list = node.field('arguments') ?? node;
    const args = list.type === 'generator_expression' ? [list] : named(list);
    return callee?.type === 'attribute'
      ? call(callee.field('object'), callee.field('attribute')?.text, args)
      : call(null, callee?.text, args);
  },
  binary_operator: operation,
  boolean_operator: operation,
  comparison_operator: comparison,
  augmented_assignment: (node) => assign(node, node.field('operator')?.text ?? '=', false),
  assignment: (node) => assign(node, '=', true),
  integer: ({ text }) => literal({ is: 'number', value: Number(text) }),
  float: ({ text }) => literal({ is: 'number', value: Number(text) }),
  string: (node) => {
    if (node.children.some(({ type }) => type === 'interpolation')) return { is: 'text' };
    const content = node.children.filter(({ type }) => type === 'string_content');
    return literal({ is: 'text', value: content.map(({ text }) => text).join('') });
  },
  true: () => literal({ is: 'truth', value: true }),
  false: () => literal({ is: 'truth', value: false }),
  none: () => literal({ is: 'nothing' }),
  list: (node) => ({ is: 'list', items: named(node) }),
  dictionary: () => ({ is: 'map' }),
  parenthesized_expression: same,
  expression_statement: single,
  await: (node) => {
    const [of] = named(node);
    return of === undefined ? OTHER : { is: 'await', of };
  },
  return_statement: (node) => ({ is: 'return', value: named(node)[0] ?? null }),
  for_statement: each,
  for_in_clause: (node) => {
    const [item, list] = [node.field('left'), node.field('right')];
    return item === null || list === null || node.parent === null
      ? OTHER
      : { is: 'each', item, list, body: node.parent };
  },
  while_statement: (node) => {
    const [condition, body] = [node.field('condition'), node.field('body')];
    return condition === null || body === null ? OTHER : { is: 'loop', condition, body };
  },
  if_statement: (node) => {
    const [condition, body] = [node.field('condition'), node.field('consequence')];
    return condition === null || body === null ? OTHER : { is: 'branch', condition, body };
  },
};

function meaning(node: SyntaxNode): Meaning {
  return READERS[node.type]?.(node) ?? OTHER;
}

function each(node: SyntaxNode): Meaning {
  const [item, list, body] = [node.field('left'), node.field('right'), node.field('body')];
  return item === null || list === null || body === null ? OTHER : { is: 'each', item, list, body };
}

function comparison(node: SyntaxNode): Meaning {
  const [left, right] = named(node);
  const sign = node.children.find((child) => !child.isNamed);
  return left === undefined || right === undefined || sign === undefined || named(node).length > 2
    ? OTHER
    : { is: 'operation', operator: sign.text, sign, left, right };
}

function routine(node: SyntaxNode): Routine | null {
  const [name, body] = [node.field('name'), node.field('body')];
  if (node.type !== 'function_definition' || name === null || body === null) return null;
  const holder = [...aboveOf(node)].find(({ type }) => /^(class|function)_definition$/.test(type));
  const owner = holder?.type === 'class_definition' ? nameOf(holder) : null;
  const parameters = named(node.field('parameters') ?? node).map(parameter);
  return {
    node,
    body,
    name: name.text,
    owner,
    needsObject: owner !== null && !isStatic(node),
    parameters: parameters.filter(({ name: own }) => own !== 'self' && own !== 'cls'),
    gives: node.field('return_type')?.text ?? null,
    isAsync: node.children.some(({ type }) => type === 'async'),
    isReachable: holder?.type !== 'function_definition',
  };
}

function nameOf(node: SyntaxNode): string | null {
  return node.field('name')?.text ?? null;
}

function isStatic({ parent }: SyntaxNode): boolean {
  const decorators = parent?.type === 'decorated_definition' ? parent.children : [];
  return decorators.some(({ text }) => /^@(staticmethod|classmethod)\b/.test(text));
}

const PLAIN_PARAMETERS = new Set([
  'identifier',
  'typed_parameter',
  'default_parameter',
  'typed_default_parameter',
]);

function parameter(node: SyntaxNode): Parameter {
  const isPlain = PLAIN_PARAMETERS.has(node.type);
  const name = node.type === 'identifier' ? node : (node.field('name') ?? named(node)[0] ?? node);
  return {
    name: isPlain && name.type === 'identifier' ? name.text : null,
    fields: [],
    type: node.field('type')?.text ?? null,
    hasDefault: !isPlain || node.field('value') !== null,
  };
}

function isStatement(node: SyntaxNode): boolean {
  return (
    node.parent?.type === 'block' &&
    node.isNamed &&
    /_statement$|_definition$/.test(node.type) &&
    node.parent.line !== node.parent.parent?.line
  );
}

function written(value: Value): string {
  switch (value.is) {
    case 'nothing':
    case 'absent':
      return 'None';
    case 'number':
      return String(value.value);
    case 'truth':
      return value.value ? 'True' : 'False';
    case 'text':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(written).join(', ')}]`;
    case 'map':
      return `{${value.entries.map(([name, one]) => `${JSON.stringify(name)}: ${written(one)}`).join(', ')}}`;
    case 'object':
      return `SimpleNamespace(${value.entries.map(([name, one]) => `${name}=${written(one)}`).join(', ')})`;
    case 'function':
      return `lambda *_: ${written(value.gives)}`;
    case 'code':
      return value.text;
  }
}
