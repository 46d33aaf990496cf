import { dimensionsOf } from './dimensions.ts';
import { fillBucket, type Gathered, type Place, rememberedRoles, type Standing } from './fill-bucket.ts';
import { type Bucket, emptyBucket } from './open-bucket.ts';
import { restoreBucket, type SavedBucket, saveBucket } from './saved-bucket.ts';

/** Gathers records into buckets and hands a bucket out when its time is over. */
export interface Gatherer {
  /** `time` (epoch ms) says in which bucket. */
  add(record: Gathered, time: number, noted: Standing): void;
  /** The oldest bucket that ended before `now` (event time), which is gone then; null for none. */
  close(now: number): Bucket | null;
  /** Start of the oldest open bucket; Infinity when none is open. */
  oldest(): number;
  snapshot(): SavedBuckets;
  restore(saved: SavedBuckets): void;
}

export interface SavedBuckets {
  readonly buckets: readonly SavedBucket[];
  readonly closedUntil: number | null;
  /** Dimension values that have a series of their own. */
  readonly values: readonly string[];
}

export interface GatherOptions {
  readonly bucketMs: number;
  readonly dimensions: readonly string[];
}

/** A record so far behind the closed buckets means that the clock was set back. */
const CLOCK_SET_MS = 60_000;

export function gatherer({ bucketMs, dimensions: names }: GatherOptions): Gatherer {
  const buckets = new Map<number, Bucket>();
  const dimensions = dimensionsOf(names);
  /** One for all records: it is on the way of each line. */
  const at: Place = { dimension: null, message: '', roles: rememberedRoles() };
  let current: Bucket | null = null;
  let oldest = Number.POSITIVE_INFINITY;
  let closedUntil = Number.NEGATIVE_INFINITY;

  /** Null for a straggler whose bucket is closed. */
  function bucketAt(time: number): Bucket | null {
    const start = Math.floor(time / bucketMs) * bucketMs;
    if (current !== null && current.start === start) return current;
    if (start < closedUntil && closedUntil - start < CLOCK_SET_MS) return null;
    if (start < closedUntil) closedUntil = Number.NEGATIVE_INFINITY;
    current = buckets.get(start) ?? emptyBucket(start);
    buckets.set(start, current);
    oldest = Math.min(oldest, start);
    return current;
  }

  return {
    add(record, time, noted) {
      const bucket = bucketAt(time);
      if (bucket === null) return;
      at.dimension = record.fields && dimensions.of(record.fields);
      at.message = record.message;
      fillBucket(bucket, record, noted, at);
    },
    close(now) {
      const ended = oldest + bucketMs <= now ? buckets.get(oldest) : undefined;
      if (ended === undefined) return null;
      buckets.delete(oldest);
      closedUntil = Math.max(closedUntil, oldest + bucketMs);
      if (current === ended) current = null;
      oldest = Number.POSITIVE_INFINITY;
      for (const start of buckets.keys()) oldest = Math.min(oldest, start);
      return ended;
    },
    oldest: () => oldest,
    snapshot: () => ({
      buckets: [...buckets.values()].map(saveBucket),
      closedUntil: Number.isFinite(closedUntil) ? closedUntil : null,
      values: dimensions.values(),
    }),
    restore(saved) {
      for (const bucket of saved.buckets.map(restoreBucket)) buckets.set(bucket.start, bucket);
      dimensions.restore(saved.values);
      oldest = Math.min(...buckets.keys());
      closedUntil = saved.closedUntil ?? Number.NEGATIVE_INFINITY;
    },
  };
}
