import { dimensionsOf } from './dimensions.ts';
import { Filler, type Gathered, type Standing } from './fill-bucket.ts';
import type { Bucket } from './open-bucket.ts';
import { OpenBuckets } from './open-buckets.ts';
import { restoreBucket, type SavedBucket, saveBucket } from './saved-bucket.ts';

/** Gathers records into buckets and has a bucket judged when its time is over. */
export interface Gatherer {
  /** `time` (epoch ms) says in which bucket. */
  add(record: Gathered, time: number, noted: Standing): void;
  /** Hands `judge` the buckets that ended before `now` (event time), oldest first. They are used again: nobody keeps one. */
  close(now: number, judge: (bucket: Bucket) => void): void;
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
  const open = new OpenBuckets();
  const dimensions = dimensionsOf();
  const filler = new Filler(names, dimensions);
  let closedUntil = Number.NEGATIVE_INFINITY;

  /** Null for a straggler whose bucket is closed. */
  function bucketAt(time: number): Bucket | null {
    const start = Math.floor(time / bucketMs) * bucketMs;
    const known = open.at(start);
    if (known !== null) return known;
    if (start < closedUntil && closedUntil - start < CLOCK_SET_MS) return null;
    if (start < closedUntil) closedUntil = Number.NEGATIVE_INFINITY;
    return open.open(start);
  }

  return {
    add(record, time, noted) {
      const bucket = bucketAt(time);
      if (bucket !== null) filler.add(bucket, record, noted);
    },
    close(now, judge) {
      for (let first = open.all[0]; first !== undefined; first = open.all[0]) {
        const end = first.start + bucketMs;
        if (end > now) return;
        closedUntil = Math.max(closedUntil, end);
        open.close(judge);
      }
    },
    snapshot: () => ({
      buckets: open.all.map(saveBucket),
      closedUntil: Number.isFinite(closedUntil) ? closedUntil : null,
      values: dimensions.values(),
    }),
    restore(saved) {
      open.restore(saved.buckets.map(restoreBucket));
      dimensions.restore(saved.values);
      closedUntil = saved.closedUntil ?? Number.NEGATIVE_INFINITY;
    },
  };
}
