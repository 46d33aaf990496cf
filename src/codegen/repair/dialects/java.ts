import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Parameter, Routine } from '../dialect.ts';
import { javaZero } from '../inputs/typed/java.ts';
import { aboveOf, named } from '../tree.ts';
import type { Value } from '../value.ts';
import { assign, call, field, literal, OTHER, operation, same, single } from './meanings.ts';

/** Java, by the node types of tree-sitter-java. */
export const java: Dialect = {
  language: 'java',
  reading: { meaning, routine, isStatement, isClosure: (node) => node.type === 'lambda_expression' },
  writing: {
    value: written,
    isNothing: (it) => `${it} == null`,
    isZero: (it) => `${it} == 0`,
    isEmpty: (list) => `${list}.isEmpty()`,
    isShort: (list, index) => `${list}.size() <= ${index}`,
    zero: (type) => ({ is: 'code', text: javaZero(type) }),
    exit: (value) => (value === '' ? 'return;' : `return ${value};`),
    skip: 'continue;',
    guard: (condition, then) => [`if (${condition}) {`, `    ${then}`, '}'],
    orElse: ({ holder, rest, instead }) =>
      instead === null ? null : `(${holder} == null ? ${instead} : ${holder}${rest})`,
  },
};

const READERS: Readonly<Record<string, (node: SyntaxNode) => Meaning>> = {
  identifier: ({ text }) => ({ is: 'name', name: text }),
  this: () => ({ is: 'self' }),
  field_access: (node) => field(node.field('object'), node.field('field')?.text),
  array_access: (node) => {
    const [of, key] = [node.field('array'), node.field('index')];
    return of === null || key === null ? OTHER : { is: 'item', of, key };
  },
  method_invocation: (node) =>
    call(node.field('object'), node.field('name')?.text, named(node.field('arguments') ?? node)),
  binary_expression: operation,
  assignment_expression: (node) => assign(node, node.field('operator')?.text ?? '=', false),
  variable_declarator: (node) => {
    const [target, value] = [node.field('name'), node.field('value')];
    return target === null || value === null
      ? OTHER
      : { is: 'assign', operator: '=', target, value, declares: true };
  },
  decimal_integer_literal: ({ text }) => literal({ is: 'number', value: Number.parseInt(text, 10) }),
  decimal_floating_point_literal: ({ text }) => literal({ is: 'code', text }),
  string_literal: ({ text }) => literal({ is: 'text', value: text.slice(1, -1) }),
  true: () => literal({ is: 'truth', value: true }),
  false: () => literal({ is: 'truth', value: false }),
  null_literal: () => literal({ is: 'nothing' }),
  parenthesized_expression: same,
  expression_statement: single,
  return_statement: (node) => ({ is: 'return', value: named(node)[0] ?? null }),
  enhanced_for_statement: (node) => {
    const [item, list, body] = [node.field('name'), node.field('value'), node.field('body')];
    return item === null || list === null || body === null ? OTHER : { is: 'each', item, list, body };
  },
  for_statement: loop,
  while_statement: loop,
  if_statement: (node) => {
    const [condition, body] = [node.field('condition'), node.field('consequence')];
    return condition === null || body === null ? OTHER : { is: 'branch', condition, body };
  },
};

function meaning(node: SyntaxNode): Meaning {
  return READERS[node.type]?.(node) ?? OTHER;
}

function loop(node: SyntaxNode): Meaning {
  const [condition, body] = [node.field('condition'), node.field('body')];
  return condition === null || body === null ? OTHER : { is: 'loop', condition, body };
}

const TYPES = new Set(['class_declaration', 'record_declaration', 'enum_declaration']);

function routine(node: SyntaxNode): Routine | null {
  const [name, body] = [node.field('name'), node.field('body')];
  if (!/^(method|constructor)_declaration$/.test(node.type) || name === null || body === null) return null;
  const modifiers = node.children.find(({ type }) => type === 'modifiers')?.text.split(/\s+/) ?? [];
  const isConstructor = node.type === 'constructor_declaration';
  return {
    node,
    body,
    name: isConstructor ? 'constructor' : name.text,
    owner: ownerOf(node),
    needsObject: !isConstructor && !modifiers.includes('static'),
    parameters: named(node.field('parameters') ?? node).map(parameter),
    gives: node.field('type')?.text ?? null,
    isAsync: false,
    // The test is in the same package.
    isReachable: !modifiers.includes('private'),
  };
}

function ownerOf(node: SyntaxNode): string | null {
  const holder = [...aboveOf(node)].find(({ type }) => TYPES.has(type));
  return holder?.field('name')?.text ?? null;
}

function parameter(node: SyntaxNode): Parameter {
  return {
    name: node.field('name')?.text ?? null,
    fields: [],
    type: node.field('type')?.text ?? null,
    hasDefault: false,
  };
}

function isStatement(node: SyntaxNode): boolean {
  return (
    (node.parent?.type === 'block' || node.parent?.type === 'constructor_body') &&
    node.isNamed &&
    !node.type.endsWith('comment')
  );
}

function written(value: Value): string {
  switch (value.is) {
    case 'nothing':
      return 'null';
    case 'absent':
      return '';
    case 'number':
    case 'truth':
      return String(value.value);
    case 'text':
      return JSON.stringify(value.value);
    case 'list':
      return value.type === null ? 'java.util.List.of()' : `new ${value.type.replace('[]', '[0]')}`;
    case 'map':
      return 'java.util.Map.of()';
    case 'object':
    case 'function':
      return 'null';
    case 'code':
      return value.text;
  }
}
