import { beyond, isItem, type Wanted } from '../sample.ts';
import type { Types } from './types.ts';

/** The smallest value of a Java type that has what is wanted in it, as written. */
export function javaValue(type: string, wanted: readonly Wanted[], types: Types): string {
  const here = wanted.find(({ steps }) => steps.length === 0);
  if (here !== undefined && typeof here.value !== 'string') return plainWanted(type, here.value);
  const isEmpty = here?.value === 'empty';
  const content = (item: string) => (isEmpty ? '' : javaValue(item, beyond(wanted, isItem), types));
  const [, item] = /^(.+)\[\]$/s.exec(type) ?? [];
  if (item !== undefined) return `new ${item}[] {${content(item)}}`;
  if (type === 'String') return isEmpty ? '""' : '"a"';
  return collection(type, content) ?? plainValue(type) ?? madeOf(type, wanted, types);
}

/** Null for what is none. `content` gives the one item that a list of a type gets, empty for no item. */
function collection(type: string, content: (item: string) => string): string | null {
  const [, outer = type, inner = ''] = /^([\w.]+)<(.*)>$/s.exec(type) ?? [];
  if (!LISTS.has(outer)) return NEW[outer] ?? null;
  const item = content(inner);
  return `new java.util.ArrayList<>(${item === '' ? '' : `java.util.Collections.singletonList(${item})`})`;
}

const LISTS = new Set(['List', 'Collection', 'Iterable', 'ArrayList']);

const NEW: Readonly<Record<string, string>> = {
  Deque: 'new java.util.ArrayDeque<>()',
  Queue: 'new java.util.ArrayDeque<>()',
  Map: 'new java.util.HashMap<>()',
  HashMap: 'new java.util.HashMap<>()',
  Set: 'new java.util.HashSet<>()',
  HashSet: 'new java.util.HashSet<>()',
  Optional: 'java.util.Optional.empty()',
};

function plainWanted(type: string, value: Exclude<Wanted['value'], string>): string {
  if (value.is === 'number') return String(value.value);
  if (value.is === 'text') return JSON.stringify(value.value);
  return plainValue(type) ?? 'null';
}

function plainValue(type: string): string | null {
  if (/^(int|long|short|byte|double|float|Integer|Double)$/.test(type)) return '1';
  if (type === 'Long') return '1L';
  if (type === 'boolean' || type === 'Boolean') return 'false';
  return type === 'char' ? "'a'" : null;
}

function madeOf(type: string, wanted: readonly Wanted[], types: Types): string {
  const fields = types.get(type);
  if (fields === undefined) return 'null';
  const args = fields.map(([name, below]) => {
    const inside = beyond(wanted, (step) => step.is === 'field' && step.name === name);
    return javaValue(below, inside, types);
  });
  return `new ${type}(${args.join(', ')})`;
}

/** Nothing of a result's type; null where there is no better than null. */
export function javaZero(gives: string): string {
  if (gives === 'void') return '';
  if (gives === 'String') return '""';
  if (gives === 'boolean') return 'false';
  if (/^(int|long|short|byte|Integer)$/.test(gives)) return '0';
  if (/^(double|float|Double)$/.test(gives)) return '0.0';
  if (gives.startsWith('List<')) return 'java.util.List.of()';
  if (gives.startsWith('Map<')) return 'java.util.Map.of()';
  return gives.startsWith('Optional<') ? 'java.util.Optional.empty()' : 'null';
}
