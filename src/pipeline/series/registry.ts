import { Numbers } from '../../detectors/memory/numbers.ts';
import type { Rollup } from '../../domain/rollup.ts';
import { sideOf } from '../buckets/fields.ts';
import { packNumbers, unpackNumbers } from '../memory.ts';
import { roll } from './roll.ts';
import { createSeries, type Series, type SeriesName, seriesKey } from './series.ts';
import { packNames, packStates, restoreStates, SHARD, shardOf, unpackNames } from './shard.ts';

/** Series that a source's lines make, in order of first sight. Bounded: what comes later than the last has no series. */
export interface SeriesRegistry {
  /** Null when there are too many already. */
  get(name: SeriesName): Series | null;
  all(): Iterable<Series>;
  /** Those that are counted in every bucket, also where they are 0. */
  steady(): readonly Series[];
  /** Buckets of the source that were judged so far. Messages and troubles that are not in one rest. */
  readonly beats: number;
  beat(buckets: number): void;
  /** A value of a series, for its hour. */
  roll(series: Series, time: number, value: number): void;
  /** Hours that ended since the last call. */
  rolledUp(): readonly Rollup[];
  /** Memory parts with series that changed since the last call. */
  changes(): ReadonlyMap<string, Uint8Array>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

const MOST_SERIES = 4000;

export function seriesRegistry(alarmsPerDay: number): SeriesRegistry {
  const series = new Map<string, Series>();
  const room = new Numbers();
  const steady: Series[] = [];
  let savedNames = 0;
  let beats = 0;
  let savedBeats = 0;
  const rolled: Rollup[] = [];

  function get(name: SeriesName): Series | null {
    const key = seriesKey(name);
    const known = series.get(key);
    if (known !== undefined) return known;
    if (series.size >= MOST_SERIES) return null;
    const created = createSeries(name, sideOf(name.metric), alarmsPerDay);
    created.beat = beats - 1;
    series.set(key, created);
    if (isSteady(created)) steady.push(created);
    return created;
  }

  return {
    get,
    all: () => series.values(),
    steady: () => steady,
    get beats() {
      return beats;
    },
    beat(buckets) {
      beats += buckets;
    },
    roll: (one, time, value) => roll(one, time, value, rolled),
    rolledUp: () => rolled.splice(0),
    changes() {
      const all = [...series.values()];
      const changed = packShards(all, savedNames, room);
      savedNames = all.length;
      if (beats !== savedBeats) changed.set(BEATS, packNumbers(Float64Array.of(beats)));
      savedBeats = beats;
      return changed;
    },
    restore(memory) {
      const saved = memory.get(BEATS);
      if (saved !== undefined) beats = unpackNumbers(saved)[0] ?? 0;
      savedBeats = beats;
      restoreShards(memory, get);
      savedNames = series.size;
    },
  };
}

function isSteady({ name: { kind } }: Series): boolean {
  return kind === 'failures' || kind === 'traffic';
}

const BEATS = 'series:beats';

/** Names and states of the series that are new or changed. */
function packShards(all: readonly Series[], savedNames: number, room: Numbers): Map<string, Uint8Array> {
  const changed = new Map<string, Uint8Array>();
  for (let shard = 0; shard * SHARD < all.length; shard += 1) {
    const ours = shardOf(all, shard);
    if ((shard + 1) * SHARD > savedNames && savedNames < all.length)
      changed.set(namesPart(shard), packNames(ours));
    if (!ours.some((one) => one.changed)) continue;
    for (const one of ours) one.changed = false;
    changed.set(statesPart(shard), packStates(ours, 0, room));
  }
  return changed;
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
