import { sideOf } from './fields.ts';
import { packNumbers, unpackNumbers } from './memory.ts';
import {
  createSeries,
  restoreSeries,
  type Series,
  type SeriesName,
  seriesKey,
  seriesState,
} from './series.ts';

/** All series of a source, in order of first sight. Bounded: what comes later than the last has no series. */
export interface SeriesRegistry {
  /** Null when there are too many already. */
  get(name: SeriesName): Series | null;
  all(): Iterable<Series>;
  /** States of series that changed since the last call, by key. */
  changes(): ReadonlyMap<string, Uint8Array>;
  names(): readonly SeriesName[];
  restore(names: readonly SeriesName[], state: (key: string) => Uint8Array | undefined): void;
}

const MOST_SERIES = 4000;

export function seriesRegistry(): SeriesRegistry {
  const series = new Map<string, Series>();

  function get(name: SeriesName): Series | null {
    const key = seriesKey(name);
    const known = series.get(key);
    if (known !== undefined) return known;
    if (series.size >= MOST_SERIES) return null;
    const created = createSeries(name, name.kind === 'point' ? 'both' : sideOf(name.metric));
    series.set(key, created);
    return created;
  }

  return {
    get,
    all: () => series.values(),
    changes() {
      const changed = new Map<string, Uint8Array>();
      for (const [key, one] of series) {
        if (!one.changed) continue;
        one.changed = false;
        changed.set(key, packNumbers(seriesState(one)));
      }
      return changed;
    },
    names: () => [...series.values()].map((one) => one.name),
    restore(names, state) {
      for (const name of names) {
        const one = get(name);
        const bytes = state(seriesKey(name));
        if (one !== null && bytes !== undefined) restoreSeries(one, unpackNumbers(bytes));
      }
    },
  };
}
