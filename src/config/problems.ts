import { z } from 'zod';
import { configSchema } from './config.ts';
import { nearest } from './nearest.ts';

/** One thing that is wrong in a configuration: where, what stands there, what may stand there. */
export interface Problem {
  /** Such as `detection.bucketSeconds`; empty for the whole file. */
  readonly key: string;
  readonly message: string;
}

/** The part of JSON Schema that `z.toJSONSchema` writes for our options. */
export interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  /** Told apart by the constant of their `type`. */
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
}

/** The options as JSON Schema (input side). */
export function configShape(): Shape {
  return z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) as Shape;
}

/** Everything that is wrong with a value that should be a configuration; empty when nothing is. */
export function problemsOf(value: unknown): readonly Problem[] {
  const parsed = configSchema.safeParse(value);
  if (parsed.success) return [];
  const shape = configShape();
  return parsed.error.issues.flatMap((issue) => explain(deepest(issue), value, shape));
}

type Issue = z.core.$ZodIssue;

/** Of a union, the branch that went furthest tells most. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const furthest = issue.errors
    .flat()
    .map((inner) => deepest(inner))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (furthest === undefined || furthest.path.length === 0) return issue;
  return { ...furthest, path: [...issue.path, ...furthest.path] };
}

function explain(issue: Issue, value: unknown, shape: Shape): readonly Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  const key = keyOf(path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shapeAt(shape, path, value)?.properties ?? {});
    return issue.keys.map((name) => unknownKey(keyOf([...path, name]), name, known));
  }
  const allowed = wordsOf(shapeAt(shape, path, value)) ?? issue.message;
  const exact = issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : allowed;
  const found = valueAt(value, path);
  const stands = found === undefined ? `${key || 'it'} is missing` : `${key || 'it'} is ${show(found)}`;
  return [{ key, message: `${stands}; allowed: ${exact}` }];
}

function unknownKey(key: string, name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  const way = near === null ? `known here: ${known.join(', ')}` : `did you mean ${near}?`;
  return { key, message: `${key} is not an option; ${way}` };
}

function keyOf(path: readonly (string | number)[]): string {
  return path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('');
}

function shapeAt(shape: Shape, path: readonly (string | number)[], value: unknown): Shape | null {
  let at: Shape | undefined = shape;
  for (const [depth, part] of path.entries()) {
    const inside: readonly Shape[] =
      at === undefined
        ? []
        : [at, ...(at.anyOf ?? []), ...branches(at, valueAt(value, path.slice(0, depth)))];
    at = inside
      .map((option) => (typeof part === 'number' ? option.items : option.properties?.[part]))
      .find((option) => option !== undefined);
  }
  const [branch] = at === undefined ? [] : branches(at, valueAt(value, path));
  return branch ?? at ?? null;
}

/** Of shapes that are told apart by their `type`, the one that the value names; of a wrong one, all types together. */
function branches({ oneOf = [] }: Shape, value: unknown): readonly Shape[] {
  const type = valueAt(value, ['type']);
  const named = oneOf.find((option) => option.properties?.['type']?.const === type);
  if (named !== undefined || oneOf.length === 0) return named === undefined ? [] : [named];
  const types = oneOf.map((option) => option.properties?.['type']?.const);
  return [{ type: 'object', properties: { type: { enum: types } } }];
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[part];
  }
  return at;
}

/** The allowed form in words, such as `a whole number from 1 to 3600`. Null when the shape does not tell. */
export function wordsOf(shape: Shape | null): string | null {
  if (shape === null) return null;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum !== undefined) return shape.enum.map((word) => JSON.stringify(word)).join(', ');
  if (shape.anyOf !== undefined) {
    return shape.anyOf.map((option) => wordsOf(option) ?? 'a value').join(', or ');
  }
  return shape.type === undefined ? null : (TYPES[shape.type]?.(shape) ?? null);
}

const TYPES: Readonly<Record<string, (shape: Shape) => string>> = {
  integer: (shape) => `a whole number${rangeOf(shape)}`,
  number: (shape) => `a number${rangeOf(shape)}`,
  boolean: () => 'true or false',
  string: ({ format }) => (format === 'uri' ? 'an address such as https://host/path' : 'a text'),
  null: () => 'null',
  array: listWords,
  object: ({ properties = {} }) => `an object with ${Object.keys(properties).join(', ') || 'any keys'}`,
};

function listWords({ minItems, items }: Shape): string {
  const list = minItems === undefined ? 'a list' : 'a list with at least one entry';
  const item = wordsOf(items ?? null);
  return item === null ? list : `${list}, each ${item}`;
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: Shape): string {
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : '';
  if (exclusiveMinimum !== undefined) return ` above ${exclusiveMinimum}${high && ` and up${high}`}`;
  return minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? ` from ${minimum}${high || ' up'}` : '';
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
