import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Parameter, Routine } from '../dialect.ts';
import { aboveOf, named } from '../tree.ts';
import type { Value } from '../value.ts';
import { assign, call, literal, OTHER, operation, same, single } from './meanings.ts';

/** Ruby, by the node types of tree-sitter-ruby. */
export const ruby: Dialect = {
  language: 'ruby',
  reading: {
    meaning,
    routine,
    isStatement,
    isClosure: ({ type }) => type === 'block' || type === 'do_block' || type === 'lambda',
  },
  writing: {
    value: written,
    isNothing: (it) => `${it}.nil?`,
    isZero: (it) => `${/\s/.test(it) ? `(${it})` : it}.zero?`,
    isEmpty: (list) => `${list}.empty?`,
    isShort: (list, index) => `${list}.size <= ${index}`,
    zero: () => null,
    exit: (value) => (value === 'nil' ? 'return' : `return ${value}`),
    skip: 'next',
    guard: (condition, then) => [`${then} if ${condition}`],
    orElse: ({ holder, rest, instead }) => {
      if (rest === '') return `(${holder} || ${instead})`;
      const reached = /^\./.test(rest)
        ? `${holder}&${rest.replaceAll(/(?<=[\w)?!])\.(?=[a-z])/g, '&.')}`
        : null;
      return reached === null || instead === null ? reached : `(${reached} || ${instead})`;
    },
  },
};

const READERS: Readonly<Record<string, (node: SyntaxNode) => Meaning>> = {
  identifier: ({ text }) => ({ is: 'name', name: text }),
  instance_variable: ({ text }) => ({ is: 'own', name: text.slice(1) }),
  self: () => ({ is: 'self' }),
  call: calling,
  element_reference: (node) => {
    const [of, key] = named(node);
    return of === undefined || key === undefined ? OTHER : { is: 'item', of, key };
  },
  binary: operation,
  operator_assignment: (node) => assign(node, node.field('operator')?.text ?? '=', false),
  assignment: (node) => assign(node, '=', true),
  integer: ({ text }) => literal({ is: 'number', value: Number(text) }),
  float: ({ text }) => literal({ is: 'code', text }),
  string: (node) =>
    node.children.some(({ type }) => type === 'interpolation')
      ? { is: 'text' }
      : literal({ is: 'text', value: node.text.slice(1, -1) }),
  simple_symbol: ({ text }) => literal({ is: 'text', value: text }),
  true: () => literal({ is: 'truth', value: true }),
  false: () => literal({ is: 'truth', value: false }),
  nil: () => literal({ is: 'nothing' }),
  array: (node) => ({ is: 'list', items: named(node) }),
  hash: () => ({ is: 'map' }),
  parenthesized_statements: same,
  argument_list: single,
  return: (node) => ({ is: 'return', value: named(named(node)[0] ?? node)[0] ?? null }),
  while: loop,
  until: loop,
  if: branch,
  unless: branch,
  if_modifier: branch,
  unless_modifier: branch,
};

function meaning(node: SyntaxNode): Meaning {
  return READERS[node.type]?.(node) ?? OTHER;
}

const EACH = /^(each|each_with_index|times|upto|downto|each_char)$/;

/** `items.each do |item|` is a loop; anything else is a call. */
function calling(node: SyntaxNode): Meaning {
  const [of, method] = [node.field('receiver'), node.field('method')];
  const block = node.children.find(({ type }) => type === 'block' || type === 'do_block');
  const [item] = named(block?.field('parameters') ?? node);
  const args = named(node.field('arguments') ?? node.field('method') ?? node);
  const body = block?.field('body') ?? null;
  if (
    of !== null &&
    method !== null &&
    block !== undefined &&
    item !== undefined &&
    body !== null &&
    EACH.test(method.text)
  ) {
    return { is: 'each', item, list: of, body };
  }
  const safe = node.field('operator')?.text === '&.' || node.children.some(({ type }) => type === '&.');
  const made = call(of, method?.text, node.field('arguments') === null ? [] : args);
  return made.is === 'call' ? { ...made, safe } : made;
}

function loop(node: SyntaxNode): Meaning {
  const [condition, body] = [node.field('condition'), node.field('body')];
  return condition === null || body === null ? OTHER : { is: 'loop', condition, body };
}

function branch(node: SyntaxNode): Meaning {
  const [condition, then] = [node.field('condition'), node.field('consequence') ?? node.field('body')];
  return condition === null || then === null ? OTHER : { is: 'branch', condition, then };
}

function routine(node: SyntaxNode): Routine | null {
  if (node.type !== 'method' && node.type !== 'singleton_method') return null;
  const [name, body] = [node.field('name'), node.field('body')];
  if (name === null || body === null) return null;
  const holders = [...aboveOf(node)].filter(({ type }) => type === 'class' || type === 'module');
  const owner = holders
    .map((one) => one.field('name')?.text ?? '')
    .toReversed()
    .join('::');
  const inClass = holders[0]?.type === 'class';
  return {
    node,
    body,
    name: name.text,
    owner: owner === '' ? null : owner,
    needsObject: node.type === 'method' && inClass,
    parameters: named(node.field('parameters') ?? node.children[0] ?? node)
      .filter(() => node.field('parameters') !== null)
      .map(parameter),
    gives: null,
    isAsync: false,
    isReachable: !isPrivate(node),
  };
}

function isPrivate(node: SyntaxNode): boolean {
  return node.parent?.children.some((one) => one.text === 'private' && one.from < node.from) === true;
}

function parameter(node: SyntaxNode): Parameter {
  const name = node.type === 'identifier' ? node : node.field('name');
  return { name: name?.text ?? null, fields: [], type: null, hasDefault: node.type !== 'identifier' };
}

const BODIES = new Set(['body_statement', 'block_body', 'then', 'do', 'else', 'begin']);

function isStatement(node: SyntaxNode): boolean {
  const { parent } = node;
  return (
    parent !== null &&
    BODIES.has(parent.type) &&
    node.isNamed &&
    node.type !== 'comment' &&
    parent.parent?.line !== node.line
  );
}

function written(value: Value): string {
  switch (value.is) {
    case 'nothing':
    case 'absent':
      return 'nil';
    case 'number':
    case 'truth':
      return String(value.value);
    case 'text':
      return value.value.startsWith(':') ? value.value : JSON.stringify(value.value);
    case 'list':
      return `[${value.items.map(written).join(', ')}]`;
    case 'map':
      return value.entries.length === 0
        ? '{}'
        : `{ ${value.entries.map(([name, one]) => `${keyOf(name)} => ${written(one)}`).join(', ')} }`;
    case 'object':
      return value.entries.length === 0
        ? 'Object.new'
        : `Struct.new(${value.entries.map(([name]) => `:${name}`).join(', ')}).new(${value.entries.map(([, one]) => written(one)).join(', ')})`;
    case 'function':
      return `->(*) { ${written(value.gives)} }`;
    case 'code':
      return value.text;
  }
}

function keyOf(name: string): string {
  return name.startsWith(':') ? name : JSON.stringify(name);
}
