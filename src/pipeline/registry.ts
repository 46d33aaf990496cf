import { Numbers } from '../detectors/numbers.ts';
import type { Rollup } from '../domain/rollup.ts';
import { sideOf } from './fields.ts';
import { roll } from './roll.ts';
import { createSeries, type Series, type SeriesName, seriesKey } from './series.ts';
import { packNames, packStates, restoreStates, SHARD, shardOf, unpackNames } from './shard.ts';

/** Series that a source's lines make, in order of first sight. Bounded: what comes later than the last has no series. */
export interface SeriesRegistry {
  /** Null when there are too many already. */
  get(name: SeriesName): Series | null;
  all(): Iterable<Series>;
  /** A value of a series, for its hour. */
  roll(series: Series, time: number, value: number): void;
  /** Hours that ended since the last call. */
  rolledUp(): readonly Rollup[];
  /** Memory parts with series that changed since the last call. */
  changes(): ReadonlyMap<string, Uint8Array>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

const MOST_SERIES = 4000;

export function seriesRegistry(): SeriesRegistry {
  const series = new Map<string, Series>();
  const room = new Numbers();
  let savedNames = 0;
  let rolled: Rollup[] = [];

  function get(name: SeriesName): Series | null {
    const key = seriesKey(name);
    const known = series.get(key);
    if (known !== undefined) return known;
    if (series.size >= MOST_SERIES) return null;
    const created = createSeries(name, sideOf(name.metric));
    series.set(key, created);
    return created;
  }

  return {
    get,
    all: () => series.values(),
    roll: (one, time, value) => roll(one, time, value, rolled),
    rolledUp() {
      const ended = rolled;
      rolled = [];
      return ended;
    },
    changes() {
      const changed = new Map<string, Uint8Array>();
      const all = [...series.values()];
      for (let shard = 0; shard * SHARD < all.length; shard += 1) {
        const ours = shardOf(all, shard);
        if ((shard + 1) * SHARD > savedNames && savedNames < all.length)
          changed.set(namesPart(shard), packNames(ours));
        if (!ours.some((one) => one.changed)) continue;
        for (const one of ours) one.changed = false;
        changed.set(statesPart(shard), packStates(ours, 0, room));
      }
      savedNames = all.length;
      return changed;
    },
    restore(memory) {
      restoreShards(memory, get);
      savedNames = series.size;
    },
  };
}

function restoreShards(
  memory: ReadonlyMap<string, Uint8Array>,
  get: (name: SeriesName) => Series | null,
): void {
  for (let shard = 0; ; shard += 1) {
    const names = memory.get(namesPart(shard));
    if (names === undefined) return;
    const ours = unpackNames(names)
      .map(get)
      .filter((one) => one !== null);
    const states = memory.get(statesPart(shard));
    if (states !== undefined) restoreStates(ours, states);
  }
}

const namesPart = (shard: number) => `series:${shard}:names`;
const statesPart = (shard: number) => `series:${shard}`;
