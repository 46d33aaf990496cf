import { beyond, isItem, type Wanted } from '../sample.ts';
import type { Types } from './types.ts';

/** The smallest value of a Go type that has what is wanted in it, as written. */
export function goValue(type: string, wanted: readonly Wanted[], types: Types): string {
  const here = wanted.find(({ steps }) => steps.length === 0);
  if (here !== undefined) return wantedValue(type, here.value, types);
  if (type.startsWith('*')) return `&${goValue(type.slice(1), wanted, types)}`;
  const [, item] = /^\[\](.+)$/s.exec(type) ?? [];
  if (item !== undefined) return `${type}{${goValue(item, beyond(wanted, isItem), types)}}`;
  if (type.startsWith('map[')) return `${type}{}`;
  const fields = types.get(type);
  if (fields === undefined) return plainValue(type);
  const set = fields.flatMap(([name, below]) => {
    const inside = beyond(wanted, (step) => step.is === 'field' && step.name === name);
    return inside.length === 0 ? [] : [`${name}: ${goValue(below, inside, types)}`];
  });
  return `${type}{${set.join(', ')}}`;
}

function plainValue(type: string): string {
  if (type === 'string') return '"a"';
  if (type === 'bool') return 'false';
  return /^(u?int\d*|float\d+|byte|rune)$/.test(type) ? '1' : 'nil';
}

function wantedValue(type: string, value: Wanted['value'], types: Types): string {
  if (value === 'single') {
    const [, item] = /^\[\](.+)$/s.exec(type) ?? [];
    return item === undefined ? goValue(type, [], types) : `${type}{${goValue(item, [], types)}}`;
  }
  if (value === 'empty') return type === 'string' ? '""' : `${type}{}`;
  if (value.is === 'number') return String(value.value);
  return value.is === 'text' ? JSON.stringify(value.value) : 'nil';
}

/** Nothing of a result's type, one for each of several: `0, nil`. */
export function goZero(gives: string): string {
  const types = gives.startsWith('(') ? gives.slice(1, -1).split(/,\s*/) : [gives];
  return types.map((one) => zeroOf(one.split(/\s+/).at(-1) ?? one)).join(', ');
}

function zeroOf(type: string): string {
  if (type === 'void') return '';
  if (type === 'string') return '""';
  if (type === 'bool') return 'false';
  if (/^(u?int\d*|float\d+|byte|rune|time\.Duration)$/.test(type)) return '0';
  return /^(\*|\[\]|map\[|func|error$|any$|interface)/.test(type) ? 'nil' : `${type}{}`;
}
