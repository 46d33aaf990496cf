import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Parameter, Routine } from '../dialect.ts';
import { goZero } from '../inputs/typed/go.ts';
import { named } from '../tree.ts';
import type { Value } from '../value.ts';
import { assign, call, field, literal, OTHER, operation, same, single } from './meanings.ts';

/** Go, by the node types of tree-sitter-go. */
export const go: Dialect = {
  language: 'go',
  reading: { meaning, routine, isStatement, isClosure: (node) => node.type === 'func_literal' },
  writing: {
    value: written,
    isNothing: (it) => (/[()]/.test(it) ? null : `${it} == nil`),
    isZero: (it) => `${it} == 0`,
    isEmpty: (list) => `len(${list}) == 0`,
    isShort: (list, index) => `len(${list}) <= ${index}`,
    zero: (type) => ({ is: 'code', text: goZero(type) }),
    exit: (value) => (value === '' ? 'return' : `return ${value}`),
    skip: 'continue',
    guard: (condition, then) => [`if ${condition} {`, `\t${then}`, '}'],
    orElse: () => null,
  },
};

const READERS: Readonly<Record<string, (node: SyntaxNode) => Meaning>> = {
  identifier: ({ text }) => ({ is: 'name', name: text }),
  selector_expression: (node) => field(node.field('operand'), node.field('field')?.text),
  index_expression: (node) => {
    const [of, key] = [node.field('operand'), node.field('index')];
    return of === null || key === null ? OTHER : { is: 'item', of, key };
  },
  call_expression: (node) => {
    const callee = node.field('function');
    const args = named(node.field('arguments') ?? node);
    return callee?.type === 'selector_expression'
      ? call(callee.field('operand'), callee.field('field')?.text, args)
      : call(null, callee?.text, args);
  },
  binary_expression: operation,
  assignment_statement: (node) => assign(node, node.field('operator')?.text ?? '=', false),
  short_var_declaration: (node) => assign(node, '=', true),
  var_spec: (node) => {
    const [target, value] = [node.field('name'), node.field('value')];
    return target === null || value === null
      ? OTHER
      : { is: 'assign', operator: '=', target, value, declares: true };
  },
  int_literal: ({ text }) => literal({ is: 'number', value: Number(text) }),
  float_literal: ({ text }) => literal({ is: 'number', value: Number(text) }),
  interpreted_string_literal: ({ text }) => literal({ is: 'text', value: text.slice(1, -1) }),
  true: () => literal({ is: 'truth', value: true }),
  false: () => literal({ is: 'truth', value: false }),
  nil: () => literal({ is: 'nothing' }),
  parenthesized_expression: same,
  expression_statement: single,
  expression_list: single,
  return_statement: (node) => ({ is: 'return', value: named(node)[0] ?? null }),
  for_statement: loop,
  if_statement: (node) => {
    const [condition, then] = [node.field('condition'), node.field('consequence')];
    return condition === null || then === null ? OTHER : { is: 'branch', condition, then };
  },
};

function meaning(node: SyntaxNode): Meaning {
  return READERS[node.type]?.(node) ?? OTHER;
}

function loop(node: SyntaxNode): Meaning {
  const body = node.field('body');
  const [head] = named(node);
  if (body === null || head === undefined) return OTHER;
  if (head.type === 'range_clause') {
    const [item, list] = [head.field('left'), head.field('right')];
    return item === null || list === null ? OTHER : { is: 'each', item, list, body };
  }
  const condition = head.type === 'for_clause' ? head.field('condition') : head === body ? null : head;
  return condition === null ? OTHER : { is: 'loop', condition, body };
}

function routine(node: SyntaxNode): Routine | null {
  if (node.type !== 'function_declaration' && node.type !== 'method_declaration') return null;
  const [name, body] = [node.field('name'), node.field('body')];
  if (name === null || body === null) return null;
  const receiver = node.field('receiver');
  const own = receiver === null ? [] : parameters(receiver);
  const [object] = own;
  return {
    node,
    body,
    name: name.text,
    owner: object?.type ?? null,
    needsObject: object !== undefined,
    // A test can hand the receiver in like any other argument: it stands first.
    parameters: [...own, ...parameters(node.field('parameters') ?? node)],
    gives: node.field('result')?.text ?? 'void',
    isAsync: false,
    isReachable: true,
  };
}

function parameters(list: SyntaxNode): readonly Parameter[] {
  return named(list).flatMap((one) => {
    const type = one.field('type')?.text ?? null;
    const names = named(one).filter((part) => part.type === 'identifier');
    return names.map(({ text }) => ({ name: text, fields: [], type, hasDefault: false }));
  });
}

function isStatement(node: SyntaxNode): boolean {
  return node.parent?.type === 'statement_list' && node.isNamed && node.type !== 'comment';
}

function written(value: Value): string {
  switch (value.is) {
    case 'nothing':
      return 'nil';
    case 'absent':
      return '';
    case 'number':
    case 'truth':
      return String(value.value);
    case 'text':
      return JSON.stringify(value.value);
    case 'list':
    case 'map':
    case 'object':
      return value.type === null ? 'nil' : `${value.type}{}`;
    case 'function':
      return 'nil';
    case 'code':
      return value.text;
  }
}
