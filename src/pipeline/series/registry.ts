import { Numbers } from '../../detectors/memory/numbers.ts';
import type { Rollup } from '../../domain/rollup.ts';
import { sideOf } from '../buckets/fields.ts';
import { packNumbers, unpackNumbers } from '../memory.ts';
import { packNames, packStates, restoreStates, SHARD, shardOf, unpackNames } from './memory/shard.ts';
import { roll } from './roll.ts';
import { createSeries, type Series, type SeriesName, seriesKey } from './series.ts';

const MOST_SERIES = 4000;

/** Series that a source's lines make, in order of first sight. Bounded: what comes later than the last has no series. */
export class SeriesRegistry {
  /** Buckets of the source that were judged so far. Messages and troubles that are not in one rest. */
  beats = 0;
  private readonly alarmsPerDay: number;
  private readonly series = new Map<string, Series>();
  /** Those that are counted in every bucket, also where they are 0. */
  readonly steady: Series[] = [];
  private readonly room = new Numbers();
  private readonly rolled: Rollup[] = [];
  private savedNames = 0;
  private savedBeats = 0;

  constructor(alarmsPerDay: number) {
    this.alarmsPerDay = alarmsPerDay;
  }

  /** Null when there are too many already. */
  get(name: SeriesName): Series | null {
    const key = seriesKey(name);
    const known = this.series.get(key);
    if (known !== undefined) return known;
    if (this.series.size >= MOST_SERIES) return null;
    const created = createSeries(name, sideOf(name.metric), this.alarmsPerDay);
    created.beat = this.beats - 1;
    this.series.set(key, created);
    if (isSteady(created)) this.steady.push(created);
    return created;
  }

  all(): Iterable<Series> {
    return this.series.values();
  }

  /** A value of a series, for its hour. */
  roll(one: Series, time: number, value: number): void {
    roll(one, time, value, this.rolled);
  }

  /** Hours that ended since the last call. */
  rolledUp(): readonly Rollup[] {
    return this.rolled.splice(0);
  }

  /** Memory parts with series that changed since the last call. */
  changes(): ReadonlyMap<string, Uint8Array> {
    const all = [...this.series.values()];
    const changed = packShards(all, this.savedNames, this.room);
    this.savedNames = all.length;
    if (this.beats !== this.savedBeats) changed.set(BEATS, packNumbers(Float64Array.of(this.beats)));
    this.savedBeats = this.beats;
    return changed;
  }

  restore(memory: ReadonlyMap<string, Uint8Array>): void {
    const saved = memory.get(BEATS);
    if (saved !== undefined) this.beats = unpackNumbers(saved)[0] ?? 0;
    this.savedBeats = this.beats;
    restoreShards(memory, (name) => this.get(name));
    this.savedNames = this.series.size;
  }
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
