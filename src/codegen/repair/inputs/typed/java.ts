import { beyond, isItem, type Wanted } from '../sample.ts';
import type { Types } from './types.ts';

/** The smallest value of a Java type that has what is wanted in it, as written. */
export function javaValue(type: string, wanted: readonly Wanted[], types: Types): string {
  const here = wanted.find(({ steps }) => steps.length === 0);
  if (here !== undefined && typeof here.value !== 'string') return plainWanted(type, here.value);
  const isEmpty = here?.value === 'empty';
  const [, outer = type, inner = ''] = /^([\w.]+)<(.*)>$/s.exec(type) ?? [];
  const [, item] = /^(.+)\[\]$/s.exec(type) ?? [];
  const inside = beyond(wanted, isItem);
  if (item !== undefined) return `new ${item}[] {${isEmpty ? '' : javaValue(item, inside, types)}}`;
  if (type === 'String') return isEmpty ? '""' : '"a"';
  if (/^(List|Collection|Iterable|ArrayList)$/.test(outer)) {
    const items = isEmpty ? '' : `java.util.Collections.singletonList(${javaValue(inner, inside, types)})`;
    return `new java.util.ArrayList<>(${items})`;
  }
  if (/^(Deque|Queue|ArrayDeque)$/.test(outer)) return 'new java.util.ArrayDeque<>()';
  if (/^(Map|HashMap)$/.test(outer)) return 'new java.util.HashMap<>()';
  if (/^(Set|HashSet)$/.test(outer)) return 'new java.util.HashSet<>()';
  if (outer === 'Optional') return 'java.util.Optional.empty()';
  return plainValue(type) ?? madeOf(type, wanted, types);
}

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
  if (/^List</.test(gives)) return 'java.util.List.of()';
  if (/^Map</.test(gives)) return 'java.util.Map.of()';
  return /^Optional</.test(gives) ? 'java.util.Optional.empty()' : 'null';
}
