import type { Count } from '../../detectors/detector.ts';
import { type Accumulator, quantile } from '../buckets/accumulate.ts';
import type { Bucket } from '../buckets/open-bucket.ts';
import type { Verdict } from '../gate.ts';
import type { SeriesRegistry } from './registry.ts';
import type { Series, SeriesKind } from './series.ts';

/** What the gate said of one series in one bucket. */
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
  readonly bucketMs: number;
  /** Template id and whether it is a message at level error, by index. */
  message(index: number): { readonly id: string; readonly error: boolean } | null;
}

/** Buckets without a record that are still a silence to learn; a longer one means that nobody was there. */
const LONGEST_SILENCE = 30;

/** Every series takes its point of the bucket; what all detectors together say of each. Silence before it counts as zeros. */
export function judgeBucket(bucket: Bucket, source: Source): readonly Judged[] {
  source.registry.beat(1 + learnSilence(bucket.start, source));
  const exposure = exposureOf(bucket, source);
  const judged = [...judgeMessages(bucket, source, exposure), ...judgeMeasures(bucket, source)];
  const hot = new Set(
    judged.filter((one) => one.verdict.confidence >= HOT).map((one) => one.series.name.metric),
  );
  return [
    ...judged,
    ...judgeFailures(bucket, source, exposure),
    ...judgeRecords(bucket, source, exposure, hot),
  ];
}

/** A message that is about to alert explains the errors it is. */
const HOT = 0.9;

function countPoint(value: number, time: number, bucketMs: number, exposure = 1): Count {
  return { time, value, weight: 1, exposure, bucketMs };
}

/** The zeros of a silence, all in one step; answers how many buckets it was. */
function learnSilence(start: number, { registry, bucketMs }: Source): number {
  const traffic = registry.get({ kind: 'traffic', metric: 'events', dimension: null });
  if (traffic === null || traffic.last === 0) return 0;
  const missing = (start - traffic.last) / bucketMs - 1;
  if (missing < 1 || missing > LONGEST_SILENCE) return 0;
  const zeros = Math.floor(missing);
  for (const series of registry.steady()) {
    series.tracks[0]?.rest(zeros, bucketMs);
    series.changed = true;
  }
  return zeros;
}

/** Records now against the usual number, at least 1. */
function exposureOf(bucket: Bucket, { registry }: Source): number {
  const traffic = registry.get({ kind: 'traffic', metric: 'events', dimension: null });
  return traffic === null || traffic.usual === 0 ? 1 : Math.max(1, bucket.records / traffic.usual);
}

/** Share of a new bucket in the usual number of records. */
const FORGETTING = 0.05;

function judge(series: Series, trackIndex: number, point: Count): Verdict | null {
  series.changed = true;
  series.last = point.time;
  return series.tracks[trackIndex]?.judge(point, point.bucketMs) ?? null;
}

function learnUsual(series: Series, count: number): void {
  series.usual += (series.usual === 0 ? 1 : FORGETTING) * (count - series.usual);
}

function judgeMeasures(bucket: Bucket, { registry, bucketMs }: Source): readonly Judged[] {
  const judged: Judged[] = [];
  for (const [metric, values] of bucket.measures) {
    for (const [value, accumulated] of values) {
      const series = registry.get({ kind: 'measure', metric, dimension: value === '' ? null : value });
      if (series !== null)
        judged.push(...judgeMeasure({ series, registry }, accumulated, bucket.start, bucketMs));
    }
  }
  return judged;
}

/** Fewer values have no p95 worth the name. */
const LEAST_FOR_P95 = 8;

function judgeMeasure(
  { series, registry }: { readonly series: Series; readonly registry: SeriesRegistry },
  values: Accumulator,
  time: number,
  bucketMs: number,
): readonly Judged[] {
  const weight = series.usual === 0 ? 1 : Math.min(1, values.count / series.usual);
  learnUsual(series, values.count);
  const point = { time, weight, exposure: 1, bucketMs };
  const mean = values.sum / values.count;
  registry.roll(series, time, mean);
  const byMean = judge(series, 0, { ...point, value: mean });
  const p95 = quantile(values, 0.95);
  const byP95 = values.count < LEAST_FOR_P95 ? null : judge(series, 1, { ...point, value: p95 });
  const base = { series, time, example: values.example };
  if (byMean === null) return [];
  return byP95 !== null && byP95.confidence > byMean.confidence
    ? [{ ...base, verdict: byP95, value: p95, statistic: 'p95' }]
    : [{ ...base, verdict: byMean, value: mean, statistic: 'mean' }];
}

function judgeFailures(bucket: Bucket, { registry, bucketMs }: Source, exposure: number): readonly Judged[] {
  const judged: Judged[] = [];
  for (const [value, status] of bucket.statuses) {
    const dimension = value === '' ? null : value;
    const series = registry.get({ kind: 'failures', metric: 'status 5xx', dimension });
    const failed = Math.max(0, status.failed - bucket.explained);
    if (series === null) continue;
    registry.roll(series, bucket.start, failed);
    const verdict = judge(series, 0, countPoint(failed, bucket.start, bucketMs, exposure));
    if (verdict === null) continue;
    judged.push({
      series,
      verdict,
      time: bucket.start,
      value: failed,
      statistic: 'count',
      example: status.example,
    });
  }
  return judged;
}

/** What is not written rests: its zeros are learnt, all in one step, when it comes again. */
function wake(series: Series, { registry, bucketMs }: Source): void {
  const zeros = registry.beats - series.beat - 1;
  if (zeros > 0) series.tracks[0]?.rest(zeros, bucketMs);
  series.beat = registry.beats;
}

/** Messages that were written; the others rest. */
function judgeMessages(bucket: Bucket, source: Source, exposure: number): readonly Judged[] {
  const { registry, bucketMs } = source;
  const judged: Judged[] = [];
  for (const [index, value] of bucket.messages) {
    const message = source.message(index);
    if (message === null) continue;
    const kind = message.error ? 'error-message' : 'message';
    const series = registry.get({ kind, metric: message.id, dimension: null });
    if (series === null) continue;
    wake(series, source);
    registry.roll(series, bucket.start, value);
    const verdict = judge(series, 0, countPoint(value, bucket.start, bucketMs, exposure));
    if (verdict !== null) {
      judged.push({ series, verdict, time: bucket.start, value, statistic: 'count', example: '' });
    }
  }
  return judged;
}

function judgeRecords(
  bucket: Bucket,
  source: Source,
  exposure: number,
  hot: ReadonlySet<string>,
): readonly Judged[] {
  const alerting = [...bucket.messages]
    .map(([index, count]) => ({ count, message: source.message(index) }))
    .filter(({ message }) => message !== null && hot.has(message.id));
  const explained = sumOf(alerting);
  const explainedErrors = sumOf(alerting.filter(({ message }) => message?.error));
  const traffic = judgeCount('traffic', 'events', bucket.records - explained, {
    bucket,
    source,
    exposure: 1,
  });
  if (traffic !== null) learnUsual(traffic.series, bucket.records);
  const at = { bucket, source, exposure };
  return [
    traffic,
    judgeTrouble('errors', Math.max(0, bucket.errors - explainedErrors), at),
    judgeTrouble('warnings', bucket.warnings, at),
  ].filter((one) => one !== null);
}

function sumOf(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((sum, { count }) => sum + count, 0);
}

interface At {
  readonly bucket: Bucket;
  readonly source: Source;
  readonly exposure: number;
}

/** Errors or warnings where there are some; else they rest. */
function judgeTrouble(kind: 'errors' | 'warnings', value: number, at: At): Judged | null {
  const series = at.source.registry.get({ kind, metric: kind, dimension: null });
  if (series === null || value === 0) return null;
  wake(series, at.source);
  return judgeCount(kind, kind, value, at);
}

function judgeCount(kind: SeriesKind, metric: string, value: number, at: At): Judged | null {
  const { bucketMs, registry } = at.source;
  const series = registry.get({ kind, metric, dimension: null });
  if (series === null) return null;
  registry.roll(series, at.bucket.start, value);
  const verdict = judge(series, 0, countPoint(value, at.bucket.start, bucketMs, at.exposure));
  if (verdict === null) return null;
  return { series, verdict, time: at.bucket.start, value, statistic: 'count', example: '' };
}
