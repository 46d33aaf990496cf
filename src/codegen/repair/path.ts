import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Of, Reading, Routine } from './dialect.ts';
import { aboveOf, isIn, named, nodesIn } from './tree.ts';

export type Step =
  | { readonly is: 'field'; readonly name: string }
  | { readonly is: 'key'; readonly name: string }
  /** Each of a list. */
  | { readonly is: 'element' }
  /** What is looked up in it, and may not be there. */
  | { readonly is: 'found' };

/** The object that a method is called on. */
export const SELF = -1;

/** Where a value comes from: a parameter of the routine, by position, and the way into it. */
export interface Path {
  readonly parameter: number;
  readonly steps: readonly Step[];
}

export interface Scope {
  readonly routine: Routine;
  readonly reading: Reading;
  /** Routines whose results are seen through. */
  readonly known: ReadonlyMap<string, Routine>;
}

const DEEPEST = 12;

/** Null for what is no part of a parameter, or not only. */
export function pathOf(node: SyntaxNode, scope: Scope, depth = 0): Path | null {
  if (depth > DEEPEST) return null;
  const into = (of: SyntaxNode, ...steps: readonly Step[]) => further(pathOf(of, scope, depth + 1), steps);
  const meaning = scope.reading.meaning(node);
  switch (meaning.is) {
    case 'self':
      return { parameter: SELF, steps: [] };
    case 'own':
      return { parameter: SELF, steps: [{ is: 'field', name: meaning.name }] };
    case 'name':
      return pathOfName(meaning.name, node, { ...scope, depth });
    case 'same':
    case 'await':
      return into(meaning.of);
    case 'field':
      return into(meaning.of, { is: 'field', name: meaning.name });
    case 'item':
      return into(meaning.of, stepOf(meaning.key, scope.reading));
    case 'call':
      return pathOfCall(meaning, scope, depth);
    default:
      return null;
  }
}

export function further(path: Path | null, steps: readonly Step[]): Path | null {
  return path === null ? null : { parameter: path.parameter, steps: [...path.steps, ...steps] };
}

function stepOf(key: SyntaxNode, reading: Reading): Step {
  const meaning = reading.meaning(key);
  return meaning.is === 'literal' && meaning.value.is === 'text'
    ? { is: 'key', name: meaning.value.value }
    : { is: 'found' };
}

/** Gives one of the items, or nothing. */
const LOOKS_UP = new Set([
  'find',
  'first',
  'last',
  'at',
  'pop',
  'shift',
  'get',
  'next',
  'peek',
  'detect',
  'fetch',
  'findLast',
  'match',
  'exec',
]);
/** Gives the same items, or some of them, in another order. */
const PASSES = new Set([
  'filter',
  'slice',
  'sorted',
  'list',
  'reversed',
  'iter',
  'toSorted',
  'concat',
  'enumerate',
  'values',
  'select',
  'reject',
  'sort',
  'sort_by',
  'reverse',
  'stream',
  'iterator',
  'each_with_index',
  'tuple',
  'set',
]);

function pathOfCall({ of, name, args }: Of<'call'>, scope: Scope, depth: number): Path | null {
  const callee = of === null || scope.reading.meaning(of).is === 'self' ? scope.known.get(name) : undefined;
  if (callee !== undefined) return pathThrough(callee, args, { ...scope, depth });
  const [first] = args;
  const source = of ?? first;
  if (source === undefined) return null;
  const path = pathOf(source, scope, depth + 1);
  if (PASSES.has(name)) return path;
  if (of !== null && LOOKS_UP.has(name))
    return further(path, [first === undefined ? { is: 'found' } : stepOf(first, scope.reading)]);
  return of !== null && args.length === 0 ? further(path, [{ is: 'field', name: propertyOf(name) }]) : null;
}

/** `getName` and `name` ask for the same. */
export function propertyOf(name: string): string {
  const [, first, rest] = /^get([A-Z])(\w*)$/.exec(name) ?? [];
  return first === undefined ? name : `${first.toLowerCase()}${rest ?? ''}`;
}

interface Deep extends Scope {
  readonly depth: number;
}

/** What a known routine gives back, in terms of what it is given here. */
function pathThrough(callee: Routine, args: readonly SyntaxNode[], scope: Deep): Path | null {
  const inside = { ...scope, routine: callee };
  for (const node of nodesIn(callee.body)) {
    const meaning = scope.reading.meaning(node);
    if (meaning.is !== 'return' || meaning.value === null) continue;
    const path = pathOf(meaning.value, inside, scope.depth + 2);
    const arg = path === null ? undefined : args[path.parameter];
    if (path !== null && arg !== undefined) return further(pathOf(arg, scope, scope.depth + 1), path.steps);
  }
  return null;
}

function pathOfName(name: string, at: SyntaxNode, scope: Deep): Path | null {
  const { routine, reading } = scope;
  const inner = [...aboveOf(at)].filter((node) => isIn(node, routine.node));
  for (const node of inner) {
    const from = ownerOf(name, node, reading);
    if (from !== null) return further(pathOf(from, scope, scope.depth + 1), [{ is: 'element' }]);
  }
  const assigned = assignedTo(name, scope);
  if (assigned !== null) return assigned.path;
  for (const [parameter, { name: own, fields }] of routine.parameters.entries()) {
    if (own === name) return { parameter, steps: [] };
    const field = fields.find(([, given]) => given === name);
    if (field !== undefined) return { parameter, steps: [{ is: 'field', name: field[0] }] };
  }
  return isOwnField(name, routine) ? { parameter: SELF, steps: [{ is: 'field', name }] } : null;
}

/** In Java the object's fields go by their names alone. */
function isOwnField(name: string, { needsObject, node }: Routine): boolean {
  const holder = [...aboveOf(node)].find(({ type }) => type === 'class_body');
  const fields = holder?.children.filter(({ type }) => type === 'field_declaration') ?? [];
  return needsObject && fields.some((one) => one.field('declarator')?.field('name')?.text === name);
}

/** The list whose items `name` is, where `node` is a loop over it, or a function handed to one of its methods. */
function ownerOf(name: string, node: SyntaxNode, reading: Reading): SyntaxNode | null {
  const meaning = reading.meaning(node);
  if (meaning.is === 'each') return itemName(meaning.item) === name ? meaning.list : null;
  if (!reading.isClosure(node)) return null;
  const takes = named(node.field('parameters') ?? node);
  const outer = [node.parent, node.parent?.parent].flatMap((one) =>
    one == null ? [] : [reading.meaning(one)],
  );
  const call = outer.find(({ is }) => is === 'call');
  if (call?.is !== 'call' || call.of === null) return null;
  const place = takes.findIndex((one) => one.text === name);
  return place === (call.name.startsWith('reduce') ? 1 : 0) ? call.of : null;
}

/** The last of the names: `for i, item in enumerate(items)`, `for _, item := range items`. */
export function itemName(item: SyntaxNode): string {
  return [...nodesIn(item)].findLast((node) => node.type === 'identifier')?.text ?? item.text;
}

/** Null where it is assigned nowhere; a path of null where what is assigned is no part of a parameter. */
function assignedTo(name: string, scope: Deep): { readonly path: Path | null } | null {
  const { routine, reading } = scope;
  for (const node of nodesIn(routine.body)) {
    const meaning = reading.meaning(node);
    if (meaning.is !== 'assign' || meaning.operator.length > 2 || !namesIn(meaning.target).includes(name))
      continue;
    const { target, value } = meaning;
    if (value.text.includes(name) && routine.parameters.some((one) => one.name === name)) continue;
    const path = pathOf(value, scope, scope.depth + 1);
    const field = target.type === 'object_pattern' ? fieldGiven(target, name) : null;
    return { path: field === null ? path : further(path, [{ is: 'field', name: field }]) };
  }
  return null;
}

export function namesIn(target: SyntaxNode): readonly string[] {
  if (/field|attribute|member|subscript|index|selector|reference/.test(target.type)) return [];
  return [...nodesIn(target)]
    .filter(({ type }) => /^identifier$|identifier_pattern$/.test(type))
    .map(({ text }) => text);
}

function fieldGiven(pattern: SyntaxNode, name: string): string | null {
  const pair = named(pattern).find((one) => namesIn(one).includes(name));
  return pair === undefined ? null : (pair.field('key')?.text ?? name);
}
