import { compareInstants, type Instant } from './instant.ts';
import type { LogPlace } from './place.ts';

/** Leaves out what lies before a place in a log that is read again from a little earlier. */
export interface Seam<T extends { readonly time: Instant }> {
  /** What of this record, and of earlier ones that were held back, lies after the place. */
  pass(record: T): readonly T[];
  /** The log ends here: what was held back. */
  end(): readonly T[];
  /** Whether, since the last call, the place turned out to be gone (rotated away): records may be missing in between. */
  takeTorn(): boolean;
}

/** A record so much later than the place, and the place is not there any more. */
const LATER_SECONDS = 1;
const MOST_HELD = 10_000;

export function seamAt<T extends { readonly time: Instant }>({ time, count, older }: LogPlace): Seam<T> {
  let phase: 'searching' | 'older' | 'through' = 'searching';
  let seen = 0;
  let skip = older;
  let held: T[] = [];
  let torn = false;

  const open = (): readonly T[] => {
    const out = held;
    held = [];
    phase = 'through';
    return out;
  };
  const search = (record: T): readonly T[] => {
    const order = compareInstants(record.time, time);
    if (count === 0) return order < 0 ? [] : [...open(), record];
    if (order === 0) {
      seen += 1;
      if (seen < count) return [];
      held = []; // they lie before the place
      phase = 'older';
      return [];
    }
    if (order < 0) return [];
    held.push(record);
    if (record.time.seconds - time.seconds <= LATER_SECONDS && held.length < MOST_HELD) return [];
    torn = true;
    return open();
  };
  return {
    pass(record) {
      if (phase === 'through') return [record];
      if (phase === 'searching') return search(record);
      if (skip > 0 && compareInstants(record.time, time) < 0) {
        skip -= 1;
        return [];
      }
      phase = 'through';
      return [record];
    },
    end() {
      if (phase === 'searching' && held.length > 0) torn = true;
      return open();
    },
    takeTorn() {
      const was = torn;
      torn = false;
      return was;
    },
  };
}
