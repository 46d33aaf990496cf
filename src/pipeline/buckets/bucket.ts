import { dimensionsOf } from './dimensions.ts';
import { FieldsLook } from './fields-look.ts';
import { addNumbers, countRecord, type Gathered, type Place, type Standing } from './fill-bucket.ts';
import { type Bucket, emptyBucket, renew } from './open-bucket.ts';
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

/** Buckets that wait to be used again; more are open only while a clock is set. */
const MOST_SPARE = 8;

export function gatherer({ bucketMs, dimensions: names }: GatherOptions): Gatherer {
  /** Oldest first; hardly ever more than two. */
  const open: Bucket[] = [];
  const spare: Bucket[] = [];
  const dimensions = dimensionsOf();
  const found = new FieldsLook(names);
  /** One for all records: it is on the way of each line. */
  const at: Place = { dimension: null, message: '' };
  let closedUntil = Number.NEGATIVE_INFINITY;

  /** Null for a straggler whose bucket is closed. */
  function bucketAt(time: number): Bucket | null {
    const start = Math.floor(time / bucketMs) * bucketMs;
    let place = open.length;
    for (let one = open[place - 1]; one !== undefined && one.start >= start; one = open[place - 1]) {
      if (one.start === start) return one;
      place -= 1;
    }
    if (start < closedUntil && closedUntil - start < CLOCK_SET_MS) return null;
    if (start < closedUntil) closedUntil = Number.NEGATIVE_INFINITY;
    const used = spare.pop();
    const bucket = used === undefined ? emptyBucket(start) : renew(used, start);
    if (place === open.length) open.push(bucket);
    else open.splice(place, 0, bucket);
    return bucket;
  }

  return {
    add(record, time, noted) {
      const bucket = bucketAt(time);
      if (bucket === null) return;
      countRecord(bucket, record.level, noted);
      if (record.fields === null) return;
      found.at(record.fields);
      at.dimension = found.dimension === null ? null : dimensions.of(found.dimension);
      at.message = record.message;
      addNumbers(bucket, found, at);
    },
    close(now, judge) {
      for (let first = open[0]; first !== undefined && first.start + bucketMs <= now; first = open[0]) {
        open.shift();
        closedUntil = Math.max(closedUntil, first.start + bucketMs);
        judge(first);
        if (spare.length < MOST_SPARE) spare.push(first);
      }
    },
    snapshot: () => ({
      buckets: open.map(saveBucket),
      closedUntil: Number.isFinite(closedUntil) ? closedUntil : null,
      values: dimensions.values(),
    }),
    restore(saved) {
      open.push(...saved.buckets.map(restoreBucket));
      open.sort((a, b) => a.start - b.start);
      dimensions.restore(saved.values);
      closedUntil = saved.closedUntil ?? Number.NEGATIVE_INFINITY;
    },
  };
}
