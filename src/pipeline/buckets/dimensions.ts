import { type Fingerprinter, hashMasked } from '../../domain/mask.ts';
import { dimensionValue } from './fields.ts';

/** The values that split a source's series: the first fifty have series of their own. */
export interface Dimensions {
  /** The value of a record's dimension as its series has it. */
  of(raw: string): string;
  values(): readonly string[];
  restore(values: readonly string[]): void;
}

const MOST_VALUES = 50;
const MOST_REMEMBERED = 5000;
/** What the values beyond the first fifty are together. */
const OTHER = 'other';

export function dimensionsOf(): Dimensions {
  const values = new Set<string>();
  /** By hash of the masked value, so that a path with ids is looked at once. */
  const known = new Map<number, { readonly second: number; readonly value: string }>();
  const key: Fingerprinter = { first: 0, second: 0 };

  function valueOf(raw: string): string {
    const masked = dimensionValue(raw);
    if (values.size < MOST_VALUES) values.add(masked);
    return values.has(masked) ? masked : OTHER;
  }

  return {
    of(raw) {
      hashMasked(raw, key);
      const { first, second } = key;
      const before = known.get(first);
      if (before !== undefined && before.second === second) return before.value;
      const value = valueOf(raw);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(first, { second, value });
      return value;
    },
    values: () => [...values],
    restore(saved) {
      for (const value of saved) values.add(value);
    },
  };
}
