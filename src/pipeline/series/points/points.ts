import { Numbers } from '../../../detectors/memory/numbers.ts';
import { ALARMS_PER_DAY } from '../../../domain/detection.ts';
import type { Labels } from '../../../domain/event.ts';
import type { Rollup } from '../../../domain/rollup.ts';
import { NOTHING, type Telling, type Verdict } from '../../gate.ts';
import { packNames, packStates, restoreStates, SHARD, shardOf, unpackNames } from '../memory/shard.ts';
import { roll } from '../roll.ts';
import { createSeries, type Series, type SeriesName, seriesKey } from '../series.ts';
import { type PointLog, pointLog, readPointLog } from './point-log.ts';
import { pointNames } from './point-names.ts';
import type { TimedValue } from './recent-points.ts';

/**
 * Series that arrive as points: tens of thousands, and a scrape moves all of them at once. Their memory is a log of points
 * and, a shard at a time, what the series have learnt: a commit writes the new points and rewrites a few shards, the
 * oldest first. A restored series learns the logged points since its shard was written again.
 */
export interface Points {
  /** The series of a point; null when there are too many: the point is counted as dropped. */
  series(metric: string, labels: Labels): PointSeries | null;
  judge(series: PointSeries, point: TimedValue, telling: Telling): Verdict;
  /** Hours that ended since the last call. */
  rolledUp(): readonly Rollup[];
  all(): readonly PointSeries[];
  /** Points without a series, since the pipeline was made. */
  readonly dropped: number;
  /** Memory parts that changed since the last call; null for those that are gone. */
  changes(): ReadonlyMap<string, Uint8Array | null>;
  restore(memory: ReadonlyMap<string, Uint8Array>): void;
}

export interface PointSeries extends Series {
  readonly place: number;
}

export interface PointBounds {
  readonly mostSeries: number;
  /** Points that the log holds when all shards are rewritten in turn. */
  readonly logged: number;
}

const BOUNDS: PointBounds = { mostSeries: 20_000, logged: 50_000 };

interface State {
  readonly bounds: PointBounds;
  readonly alarmsPerDay: number;
  readonly series: PointSeries[];
  readonly places: Map<string, number>;
  readonly log: PointLog;
  /** Where shards are put together. */
  readonly room: Numbers;
  /** Number of the last log part, and the oldest that is kept. */
  written: number;
  oldest: number;
  /** Of each shard: the last log part that its saved states know of. */
  readonly savedAt: number[];
  savedNames: number;
  /** Which shard is rewritten next, and what part of one is due. */
  next: number;
  due: number;
  rolled: Rollup[];
}

export function pointSeries(
  bounds: PointBounds = BOUNDS,
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): Points {
  const names = pointNames();
  const state: State = {
    bounds,
    alarmsPerDay,
    series: [],
    places: new Map(),
    log: pointLog(),
    room: new Numbers(),
    written: 0,
    oldest: 1,
    savedAt: [],
    savedNames: 0,
    next: 0,
    due: 0,
    rolled: [],
  };
  const make = (name: SeriesName) => placeOf(state, name);
  let dropped = 0;
  return {
    series(metric, labels) {
      const series = state.series[names.place(metric, labels, make)];
      if (series === undefined) dropped += 1;
      return series ?? null;
    },
    judge(series, { time, value }, telling) {
      state.log.add(series.place, time, value);
      roll(series, time, value, state.rolled);
      return judge(series, time, value, telling);
    },
    rolledUp() {
      const { rolled } = state;
      state.rolled = [];
      return rolled;
    },
    all: () => state.series,
    get dropped() {
      return dropped;
    },
    changes: () => changesOf(state),
    restore: (memory) => restoreInto(state, memory),
  };
}

const NOWHERE = -1;

function placeOf(state: State, name: SeriesName): number {
  const { bounds, series, places, savedAt, written } = state;
  const key = seriesKey(name);
  const known = places.get(key);
  if (known !== undefined) return known;
  const place = series.length;
  if (place >= bounds.mostSeries) return NOWHERE;
  // A copy cut from the key: a name may be part of a page that it would keep alive.
  const metric = key.slice(name.kind.length + 1).slice(0, name.metric.length);
  series.push({ ...createSeries({ ...name, metric }, 'both', state.alarmsPerDay), place });
  places.set(key, place);
  if (place % SHARD === 0) savedAt.push(written);
  return place;
}

/** What is being judged: nobody keeps it. */
const POINT = { time: 0, value: 0, weight: 1, exposure: 1, bucketMs: 0 };

/** Share of a new gap in the usual gap between points. */
const GAP_SHARE = 0.05;

function judge(series: PointSeries, time: number, value: number, telling: Telling): Verdict {
  const gap = series.last === 0 ? 0 : Math.max(0, time - series.last);
  series.usual += (series.usual === 0 ? 1 : GAP_SHARE) * (gap - series.usual);
  series.last = Math.max(series.last, time);
  POINT.time = time;
  POINT.value = value;
  POINT.bucketMs = series.usual;
  series.recent[0]?.push(time, value);
  return series.tracks[0]?.judge(POINT, telling) ?? NOTHING;
}

function changesOf(state: State): ReadonlyMap<string, Uint8Array | null> {
  const changed = new Map<string, Uint8Array | null>();
  if (state.log.length === 0) return changed;
  const shards = state.savedAt.length;
  for (
    let shard = Math.floor(state.savedNames / SHARD);
    state.savedNames < state.series.length && shard < shards;
    shard += 1
  ) {
    changed.set(namesPart(shard), packNames(shardOf(state.series, shard)));
  }
  state.savedNames = state.series.length;
  state.due += (state.log.length * shards) / state.bounds.logged;
  state.written += 1;
  changed.set(logPart(state.written), state.log.take());
  for (let n = Math.min(Math.floor(state.due), shards); n > 0; n -= 1) {
    const shard = state.next % shards;
    changed.set(statesPart(shard), packStates(shardOf(state.series, shard), state.written, state.room));
    state.savedAt[shard] = state.written;
    state.next = shard + 1;
  }
  state.due %= 1;
  for (const known = Math.min(...state.savedAt); state.oldest <= known; state.oldest += 1) {
    changed.set(logPart(state.oldest), null);
  }
  return changed;
}

function restoreInto(state: State, memory: ReadonlyMap<string, Uint8Array>): void {
  for (let shard = 0; ; shard += 1) {
    const names = memory.get(namesPart(shard));
    if (names === undefined) break;
    for (const name of unpackNames(names)) placeOf(state, name);
    const states = memory.get(statesPart(shard));
    state.savedAt[shard] = states === undefined ? 0 : restoreStates(shardOf(state.series, shard), states);
  }
  state.savedNames = state.series.length;
  const logged = logNumbers(memory);
  state.written = Math.max(0, ...logged, ...state.savedAt);
  state.oldest = logged[0] ?? state.written + 1;
  state.next = Math.max(0, state.savedAt.indexOf(Math.min(...state.savedAt)));
  for (const number of logged) learnAgain(state, number, memory.get(logPart(number)));
}

function learnAgain({ series, savedAt }: State, number: number, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) return;
  readPointLog(bytes, (place, time, value) => {
    const one = series[place];
    const isKnown = (savedAt[Math.floor(place / SHARD)] ?? 0) >= number;
    if (one === undefined || isKnown) return;
    // Hours that ended among logged points were saved with them.
    roll(one, time, value, []);
    judge(one, time, value, 'noteworthy');
  });
}

const LOG = 'points:log:';
const logPart = (number: number) => `${LOG}${number}`;
const namesPart = (shard: number) => `points:${shard}:names`;
const statesPart = (shard: number) => `points:${shard}`;

function logNumbers(memory: ReadonlyMap<string, Uint8Array>): readonly number[] {
  return [...memory.keys()]
    .filter((part) => part.startsWith(LOG))
    .map((part) => Number(part.slice(LOG.length)))
    .sort((a, b) => a - b);
}
