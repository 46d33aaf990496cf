import type { SyntaxNode } from '../../ports/syntax-tree.ts';
import type { Meaning, Routine } from './dialect.ts';
import { type Path, pathOf, propertyOf, type Scope, type Step } from './path.ts';
import { nodesIn } from './tree.ts';

/** What a value has to be, told by how it is used. */
export interface Shape {
  kind: 'unknown' | 'number' | 'text' | 'list' | 'map' | 'object' | 'function';
  readonly fields: Map<string, Shape>;
  element: Shape | null;
  /** Gathered by `get` and `has` instead of brackets. */
  isOfMethods: boolean;
}

export function newShape(): Shape {
  return { kind: 'unknown', fields: new Map(), element: null, isOfMethods: false };
}

const OF_TEXT = new Set([
  'toUpperCase',
  'match',
  'toLowerCase',
  'trim',
  'split',
  'charAt',
  'startsWith',
  'endsWith',
  'replace',
  'padStart',
  'upper',
  'lower',
  'strip',
  'title',
  'encode',
  'upcase',
  'downcase',
  'capitalize',
  'chars',
  'toCharArray',
  'isBlank',
  'charCodeAt',
  'splitlines',
  'lstrip',
  'rstrip',
  'substring',
]);
const OF_LIST = new Set([
  'map',
  'filter',
  'push',
  'forEach',
  'reduce',
  'some',
  'every',
  'find',
  'join',
  'at',
  'append',
  'extend',
  'pop',
  'sort',
  'shift',
  'each',
  'first',
  'last',
  'sum',
  'flatMap',
  'indexOf',
  'add',
  'min',
  'max',
  'reverse',
  'slice',
]);
const OF_MAP = new Set([
  'get',
  'has',
  'items',
  'keys',
  'setdefault',
  'fetch',
  'key?',
  'dig',
  'getOrDefault',
  'containsKey',
  'set',
]);
const TAKES_LIST = new Set([
  'len',
  'sum',
  'max',
  'min',
  'sorted',
  'enumerate',
  'reversed',
  'list',
  'zip',
  'mean',
  'any',
  'all',
]);
const TAKES_TEXT = new Set(['parse', 'loads', 'int', 'float', 'parseInt', 'parseFloat', 'Integer', 'Float']);
const ARITHMETIC = /^[-*/%<>]$|^[<>]=$|^\/\/$|^\*\*$/;
const MEMBERS_OF_LIST = new Set(['length', 'size', 'count']);

/** Shapes of the parameters, by position, told by the routine's own code and that of what it hands them to. */
export function shapesOf(routine: Routine, scope: Scope, depth = 0): readonly Shape[] {
  const shapes = routine.parameters.map(newShape);
  const note = noting(shapes);
  for (const node of nodesIn(routine.body)) {
    const meaning = scope.reading.meaning(node);
    const path = (of: SyntaxNode) => pathOf(of, { ...scope, routine });
    noteUse(node, path, { note, meaning });
    if (meaning.is === 'call' && meaning.of === null && depth < 2) {
      const callee = scope.known.get(meaning.name);
      if (callee === undefined || callee === routine) continue;
      const below = shapesOf(callee, scope, depth + 1);
      for (const [at, arg] of meaning.args.entries()) merge(note(path(arg)), below[at]);
    }
  }
  return shapes;
}

type Note = (path: Path | null, kind?: Shape['kind']) => Shape | null;

/** Puts a kind at the end of a path, and makes what lies on its way. The first kind that is said stays. */
function noting(shapes: readonly Shape[]): Note {
  return (path, kind = 'unknown') => {
    let shape = path === null ? undefined : shapes[path.parameter];
    if (path === null || shape === undefined) return null;
    for (const step of path.steps) shape = below(shape, step);
    if (shape.kind === 'unknown') shape.kind = kind;
    return shape;
  };
}

function below(shape: Shape, step: Step): Shape {
  if (step.is === 'element' || step.is === 'found') {
    if (shape.kind === 'unknown') shape.kind = 'list';
    shape.element ??= newShape();
    return shape.element;
  }
  if (MEMBERS_OF_LIST.has(step.name)) {
    if (shape.kind === 'unknown') shape.kind = 'list';
    return newShape();
  }
  if (shape.kind === 'unknown') shape.kind = step.is === 'key' ? 'map' : 'object';
  const known = shape.fields.get(step.name) ?? newShape();
  shape.fields.set(step.name, known);
  return known;
}

interface Use {
  readonly meaning: Meaning;
  readonly note: Note;
}

function noteUse(node: SyntaxNode, path: (of: SyntaxNode) => Path | null, { meaning, note }: Use): void {
  if (meaning.is === 'call') noteCall(meaning, path, note);
  // What is called is noted with the call.
  if (meaning.is === 'field' && node.parent?.field('function') !== node) note(path(node));
  if (meaning.is === 'each') note(path(meaning.list), 'list');
  if (meaning.is === 'item') {
    note(path(node));
    note(path(meaning.key), 'number');
  }
  if (meaning.is === 'operation' && ARITHMETIC.test(meaning.operator)) {
    for (const side of [meaning.left, meaning.right]) note(path(side), 'number');
  }
  if (meaning.is === 'assign' && /^[-*/]=$/.test(meaning.operator)) note(path(meaning.value), 'number');
}

function noteCall(
  { of, name, args }: Extract<Meaning, { is: 'call' }>,
  path: (node: SyntaxNode) => Path | null,
  note: Note,
): void {
  const [first] = args;
  if (first !== undefined && TAKES_TEXT.has(name)) note(path(first), 'text');
  if (first !== undefined && of === null && TAKES_LIST.has(name)) note(path(first), 'list');
  const kind = kindWith(name);
  if (of === null || (kind === null && args.length > 0)) return;
  noteMethod(note(path(of), kind ?? 'object'), name, kind);
}

/** A method of no known kind, called without arguments, is a field that is read. */
function noteMethod(holder: Shape | null, name: string, kind: Shape['kind'] | null): void {
  if (holder === null) return;
  if (kind === 'map') holder.isOfMethods = true;
  if (kind === null) below(holder, { is: 'field', name: propertyOf(name) });
}

/** What has a method of this name; null where that does not tell. */
function kindWith(name: string): Shape['kind'] | null {
  if (OF_TEXT.has(name)) return 'text';
  if (MEMBERS_OF_LIST.has(name) || OF_LIST.has(name)) return 'list';
  return OF_MAP.has(name) ? 'map' : null;
}

function merge(into: Shape | null, from: Shape | undefined): void {
  if (into === null || from === undefined) return;
  if (into.kind === 'unknown') into.kind = from.kind;
  into.isOfMethods ||= from.isOfMethods;
  for (const [name, shape] of from.fields) {
    const known = into.fields.get(name) ?? newShape();
    into.fields.set(name, known);
    merge(known, shape);
  }
  if (from.element === null) return;
  into.element ??= newShape();
  merge(into.element, from.element);
}
