import type { Count } from '../../../detectors/detector.ts';
import type { Bucket } from '../../buckets/open-bucket.ts';
import { NOTHING, type Verdict } from '../../gate.ts';
import type { Absences } from '../composition/absences.ts';
import type { SeriesRegistry } from '../registry.ts';
import type { Series } from '../series.ts';
import type { KnownSeries } from './known-series.ts';

/** What the gate said of one series in one bucket, where it has something to say. */
export interface Judged {
  readonly series: Series;
  readonly verdict: Verdict;
  /** Bucket start, epoch ms. */
  readonly time: number;
  readonly value: number;
  readonly statistic: 'mean' | 'p95' | 'count';
  /** Message of a record behind it; empty for none. */
  readonly example: string;
}

/** What judging a bucket needs to know of the source. */
export interface Source {
  readonly registry: SeriesRegistry;
  readonly known: KnownSeries;
  readonly absences: Absences;
  readonly bucketMs: number;
  /** Hears each point of a series that is followed. */
  follow(series: Series, point: Count): void;
  /** Template id and whether it is a message at level error, by index. */
  message(index: number): { readonly id: string; readonly error: boolean } | null;
}

/** One bucket while it is judged. */
export interface Judging {
  readonly bucket: Bucket;
  readonly source: Source;
  /** Records now against the usual number, at least 1. */
  readonly exposure: number;
  /** What was said so far. */
  readonly out: Judged[];
}

/** Confidence of a series that is about to alert; of one below there is nothing to say. */
export const RISING = 0.5;

/** What is being judged, made anew for none: nobody keeps it. */
const POINT = { time: 0, value: 0, weight: 1, exposure: 1, bucketMs: 0 };

/** Null for an ordinary count. */
export function judgeCount(
  series: Series,
  value: number,
  exposure: number,
  { bucket, source }: Judging,
): Verdict | null {
  source.registry.roll(series, bucket.start, value);
  POINT.time = bucket.start;
  POINT.value = value;
  POINT.exposure = exposure;
  POINT.bucketMs = source.bucketMs;
  return judge(series, 0, POINT, source);
}

/** Null where there is nothing to say: most of the time, and then nothing is made. */
export function judge(series: Series, track: number, point: Count, source: Source): Verdict | null {
  series.changed = true;
  series.last = point.time;
  const judging = series.tracks[track];
  if (judging === undefined) return null;
  const verdict = judging.judge(point, 'noteworthy');
  series.recent[track]?.push(point.time, point.value);
  if (series.followed?.track === track) source.follow(series, point);
  if (verdict !== NOTHING) return verdict;
  const { raw } = judging;
  return raw < RISING ? null : { ...NOTHING, confidence: raw, raw };
}

/** Share of a new bucket in the usual number of records. */
const FORGETTING = 0.05;

export function learnUsual(series: Series, count: number): void {
  series.usual += (series.usual === 0 ? 1 : FORGETTING) * (count - series.usual);
}
