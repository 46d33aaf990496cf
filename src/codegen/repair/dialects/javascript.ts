import type { SyntaxNode } from '../../../ports/syntax-tree.ts';
import type { Dialect, Meaning, Parameter, Routine } from '../dialect.ts';
import { aboveOf, named } from '../tree.ts';
import type { Entry, Value } from '../value.ts';
import { assign, call, field, literal, OTHER, operation, same } from './meanings.ts';

/** JavaScript and TypeScript, by the node types of tree-sitter-javascript and -typescript. */
export function javascriptDialect(language: 'javascript' | 'typescript'): Dialect {
  return {
    language,
    reading: { meaning, routine, isStatement, isClosure },
    writing: {
      value: written,
      isNothing: (it) => `${it} == null`,
      isZero: (it) => `${it} === 0`,
      isEmpty: (list) => `${list}.length === 0`,
      isShort: (list, index) => `${list}.length <= ${index}`,
      zero: () => null,
      exit: (value) => (value === 'undefined' ? 'return;' : `return ${value};`),
      skip: 'continue;',
      guard: (condition, then) => [`if (${condition}) ${then}`],
      orElse: ({ holder, rest, instead }) =>
        rest === ''
          ? `(${holder} ?? ${instead})`
          : `${holder}?.${rest.replace(/^\./, '')}${instead === null ? '' : ` ?? ${instead}`}`,
    },
  };
}

const READERS: Readonly<Record<string, (node: SyntaxNode) => Meaning>> = {
  identifier: ({ text }) => ({ is: 'name', name: text }),
  shorthand_property_identifier: ({ text }) => ({ is: 'name', name: text }),
  this: () => ({ is: 'self' }),
  member_expression: (node) =>
    field(node.field('object'), node.field('property')?.text, node.children.some(isOptional)),
  subscript_expression: (node) => {
    const [of, key] = [node.field('object'), node.field('index')];
    return of === null || key === null ? OTHER : { is: 'item', of, key };
  },
  call_expression: (node) => {
    const callee = node.field('function');
    const args = named(node.field('arguments') ?? node);
    if (callee?.type !== 'member_expression') return call(null, callee?.text, args);
    const safe = callee.children.some(isOptional);
    return { ...call(callee.field('object'), callee.field('property')?.text, args), safe };
  },
  binary_expression: operation,
  augmented_assignment_expression: (node) => assign(node, node.field('operator')?.text ?? '=', false),
  assignment_expression: (node) => assign(node, '=', false),
  variable_declarator: (node) => {
    const [target, value] = [node.field('name'), node.field('value')];
    return target === null || value === null
      ? OTHER
      : { is: 'assign', operator: '=', target, value, declares: true };
  },
  number: ({ text }) => literal({ is: 'number', value: Number(text) }),
  string: ({ text }) => literal({ is: 'text', value: text.slice(1, -1) }),
  template_string: () => ({ is: 'text' }),
  true: () => literal({ is: 'truth', value: true }),
  false: () => literal({ is: 'truth', value: false }),
  null: () => literal({ is: 'nothing' }),
  undefined: () => literal({ is: 'absent' }),
  array: (node) => ({ is: 'list', items: named(node) }),
  object: () => ({ is: 'map' }),
  parenthesized_expression: same,
  non_null_expression: same,
  as_expression: same,
  satisfies_expression: same,
  expression_statement: same,
  await_expression: (node) => {
    const [of] = named(node);
    return of === undefined ? OTHER : { is: 'await', of };
  },
  return_statement: (node) => ({ is: 'return', value: named(node)[0] ?? null }),
  for_in_statement: (node) => {
    const [item, list, body] = [node.field('left'), node.field('right'), node.field('body')];
    const isOf = node.children.some(({ type }) => type === 'of');
    return item === null || list === null || body === null || !isOf
      ? OTHER
      : { is: 'each', item, list, body };
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

function isOptional({ type }: SyntaxNode): boolean {
  return type === 'optional_chain' || type === '?.';
}

const ROUTINES = new Set([
  'function_declaration',
  'generator_function_declaration',
  'method_definition',
  'arrow_function',
  'function_expression',
]);

function routine(node: SyntaxNode): Routine | null {
  const name = ROUTINES.has(node.type) ? (node.field('name') ?? nameGiven(node)) : null;
  const body = node.field('body');
  if (name === null || body === null) return null;
  const owner = ownerOf(node);
  const has = (word: string) => node.children.some(({ type }) => type === word);
  return {
    node,
    body,
    name: name.text,
    owner,
    needsObject: node.type === 'method_definition' && !has('static'),
    parameters: parametersOf(node).map(parameter),
    gives: node.field('return_type')?.text.replace(/^:\s*/, '') ?? null,
    isAsync: has('async'),
    isReachable: isExported(owner ?? name.text, node),
  };
}

function ownerOf(node: SyntaxNode): string | null {
  if (node.type !== 'method_definition') return null;
  return [...aboveOf(node)].find(({ type }) => type === 'class_declaration')?.field('name')?.text ?? null;
}

function parametersOf(node: SyntaxNode): readonly SyntaxNode[] {
  const list = node.field('parameters');
  if (list !== null) return named(list);
  const only = node.field('parameter');
  return only === null ? [] : [only];
}

/** `const total = (...) => ...`. */
function nameGiven(node: SyntaxNode): SyntaxNode | null {
  return node.parent?.type === 'variable_declarator' ? node.parent.field('name') : null;
}

function isExported(name: string, node: SyntaxNode): boolean {
  const above = [...aboveOf(node)];
  const outermost = above.filter(({ type }) => ROUTINES.has(type) || type === 'method_definition');
  if (outermost.some((outer) => outer !== node && outer.type !== 'method_definition')) return false;
  if (above.some(({ type }) => type === 'export_statement')) return true;
  const text = above.at(-1)?.text ?? '';
  const listed = [...text.matchAll(/(?:export|module\.exports\s*=)\s*\{([^}]*)\}/g)].some(([, names = '']) =>
    names.split(',').some((one) => one.trim().split(/\s|:/)[0] === name),
  );
  return listed || new RegExp(`\\bexports\\.${name}\\s*=`).test(text);
}

function parameter(node: SyntaxNode): Parameter {
  const hasDefault = node.type === 'assignment_pattern' || node.field('value') !== null;
  const type = node.field('type')?.text.replace(/^:\s*/, '') ?? null;
  const pattern = node.field('pattern') ?? node.field('left') ?? node;
  if (pattern.type !== 'object_pattern')
    return { name: pattern.type === 'identifier' ? pattern.text : null, fields: [], type, hasDefault };
  return { name: null, fields: takenApart(pattern), type, hasDefault };
}

/** Fields of a pattern such as `{ a, b: c, d = 0 }` with the names that they get. */
function takenApart(pattern: SyntaxNode): readonly (readonly [string, string])[] {
  return named(pattern).flatMap((one) => {
    if (one.type === 'shorthand_property_identifier_pattern') return [[one.text, one.text] as const];
    const value = one.field('value');
    if (one.type === 'pair_pattern' && value?.type === 'identifier')
      return [[one.field('key')?.text ?? '', value.text] as const];
    const left = one.type === 'object_assignment_pattern' ? one.field('left') : null;
    return left === null ? [] : [[left.text, left.text] as const];
  });
}

function isStatement(node: SyntaxNode): boolean {
  const holder = node.parent?.type;
  return (
    (holder === 'statement_block' || holder === 'program') &&
    node.isNamed &&
    /statement|declaration$/.test(node.type)
  );
}

function isClosure(node: SyntaxNode): boolean {
  return (node.type === 'arrow_function' || node.type === 'function_expression') && nameGiven(node) === null;
}

function written(value: Value): string {
  switch (value.is) {
    case 'nothing':
      return 'null';
    case 'absent':
      return 'undefined';
    case 'number':
    case 'truth':
      return String(value.value);
    case 'text':
      return quoted(value.value);
    case 'list':
      return `[${value.items.map(written).join(', ')}]`;
    case 'map':
    case 'object':
      return ofEntries(value.entries, value.is === 'map' && value.type === 'Map');
    case 'function':
      return `() => (${written(value.gives)})`;
    case 'code':
      return value.text;
  }
}

function ofEntries(entries: readonly Entry[], isMap: boolean): string {
  if (isMap)
    return `new Map([${entries.map(([name, one]) => `[${quoted(name)}, ${written(one)}]`).join(', ')}])`;
  const fields = entries.map(([name, one]) => `${keyOf(name)}: ${written(one)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}
