import type { Numbers } from '../../../detectors/memory/numbers.ts';
import { split } from '../../../detectors/memory/parts.ts';
import { packJson, unpackJson } from '../../memory.ts';
import { restoreSeries, type Series, type SeriesKind, type SeriesName, writeSeries } from '../series.ts';
import { packCompact, unpackCompact } from './compact.ts';

/** Series are kept in memory parts of so many, in the order of their first sight: one part each would be too many. */
export const SHARD = 128;

export function shardOf<T>(all: readonly T[], shard: number): readonly T[] {
  return all.slice(shard * SHARD, (shard + 1) * SHARD);
}

type SavedName = readonly [kind: SeriesKind, metric: string, dimension: string | null];

export function packNames(series: readonly Series[]): Uint8Array {
  return packJson(series.map(({ name }): SavedName => [name.kind, name.metric, name.dimension]));
}

export function unpackNames(bytes: Uint8Array): readonly SeriesName[] {
  return unpackJson<readonly SavedName[]>(bytes).map(([kind, metric, dimension]) => ({
    kind,
    metric,
    dimension,
  }));
}

/** What the series of one shard have learnt, and one number beside it. */
export function packStates(series: readonly Series[], stamp: number, room: Numbers): Uint8Array {
  room.clear();
  room.add(stamp);
  for (const one of series) {
    const part = room.open();
    writeSeries(one, room);
    room.close(part);
  }
  return packCompact(room.view());
}

/** Gives the series back what they had learnt; answers the number beside it. */
export function restoreStates(series: readonly Series[], bytes: Uint8Array): number {
  const numbers = unpackCompact(bytes);
  for (const [i, state] of split(numbers.subarray(1)).entries()) {
    const one = series[i];
    if (one !== undefined) restoreSeries(one, state);
  }
  return numbers[0] ?? 0;
}
