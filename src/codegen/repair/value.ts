/** A value as data: what a repair gives instead, and what a test hands in. Each dialect knows how to write it. */
export type Value =
  | { readonly is: 'nothing' }
  /** Not there at all; the same as nothing in languages that know no difference. */
  | { readonly is: 'absent' }
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'text'; readonly value: string }
  | { readonly is: 'truth'; readonly value: boolean }
  | { readonly is: 'list'; readonly type: string | null; readonly items: readonly Value[] }
  | { readonly is: 'map'; readonly type: string | null; readonly entries: readonly Entry[] }
  /** Something with fields that are read with a dot. */
  | { readonly is: 'object'; readonly type: string | null; readonly entries: readonly Entry[] }
  /** Called with anything, it gives this back. */
  | { readonly is: 'function'; readonly gives: Value }
  /** As it stands in the language. */
  | { readonly is: 'code'; readonly text: string };

export type Entry = readonly [name: string, value: Value];

export const NOTHING: Value = { is: 'nothing' };
export const ABSENT: Value = { is: 'absent' };
export const ZERO: Value = { is: 'number', value: 0 };
export const NO_TEXT: Value = { is: 'text', value: '' };
export const NO_ITEMS: Value = { is: 'list', type: null, items: [] };
export const NO_ENTRIES: Value = { is: 'map', type: null, entries: [] };

export function sameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
