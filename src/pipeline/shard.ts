import { packCompact, unpackCompact } from './compact.ts';
import { concat, packJson, split, unpackJson } from './memory.ts';
import { restoreSeries, type Series, type SeriesKind, type SeriesName, seriesState } from './series.ts';

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
export function packStates(series: readonly Series[], stamp: number): Uint8Array {
  return packCompact(concat([Float64Array.of(stamp), ...series.map(seriesState)]));
}

/** Gives the series back what they had learnt; answers the number beside it. */
export function restoreStates(series: readonly Series[], bytes: Uint8Array): number {
  const [stamp, ...states] = split(unpackCompact(bytes));
  for (const [i, state] of states.entries()) {
    const one = series[i];
    if (one !== undefined) restoreSeries(one, state);
  }
  return stamp?.[0] ?? 0;
}
