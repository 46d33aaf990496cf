import type { Bucket } from '../../buckets/open-bucket.ts';
import type { Series } from '../series.ts';
import { judgeFailures, judgeMeasures } from './judge-fields.ts';
import { type Judged, type Judging, judgeCount, learnUsual, type Source } from './judged.ts';

/**
 * Every series takes its point of the bucket; what all detectors together say of each that is not ordinary. Silence before it
 * counts as zeros. A quiet source ends a bucket with nearly each line, so an ordinary bucket makes next to nothing.
 */
export function judgeBucket(bucket: Bucket, source: Source): readonly Judged[] {
  source.registry.beats += 1 + learnSilence(bucket.start, source);
  const judging = { bucket, source, exposure: exposureOf(bucket, source), out: [] };
  judgeMessages(judging);
  judgeFaults(judging);
  judgeMeasures(judging);
  const hot = hotMetrics(judging.out);
  judgeFailures(judging);
  judgeRecords(judging, hot);
  return judging.out;
}

/** Buckets without a record that are still a silence to learn; a longer one means that nobody was there. */
const LONGEST_SILENCE = 30;

/** The zeros of a silence, all in one step; answers how many buckets it was. */
function learnSilence(start: number, { registry, known, bucketMs }: Source): number {
  const traffic = known.traffic();
  if (traffic === null || traffic.last === 0) return 0;
  const missing = (start - traffic.last) / bucketMs - 1;
  if (missing < 1 || missing > LONGEST_SILENCE) return 0;
  const zeros = Math.floor(missing);
  for (const series of registry.steady) {
    series.tracks[0]?.rest(zeros, bucketMs);
    series.changed = true;
  }
  return zeros;
}

function exposureOf(bucket: Bucket, { known }: Source): number {
  const traffic = known.traffic();
  return traffic === null || traffic.usual === 0 ? 1 : Math.max(1, bucket.records / traffic.usual);
}

/** What is not written rests: its zeros are learnt, all in one step, when it comes again. */
function wake(series: Series, { registry, bucketMs }: Source): void {
  const zeros = registry.beats - series.beat - 1;
  if (zeros > 0) series.tracks[0]?.rest(zeros, bucketMs);
  series.beat = registry.beats;
}

/** Messages that were written; the others rest. */
function judgeMessages(judging: Judging): void {
  const { bucket, source, exposure } = judging;
  const { messages } = bucket;
  for (let place = 0; place < messages.size; place += 1) {
    const index = messages.at(place);
    const message = source.message(index);
    const series = message && source.known.message(index, message);
    if (series === null) continue;
    wake(series, source);
    source.absences.came(series, index, bucket.start);
    tell(series, messages.of(index), exposure, judging);
  }
}

/** Exceptions that were thrown; the others rest. Most buckets have none. */
function judgeFaults(judging: Judging): void {
  const { bucket, source, exposure } = judging;
  if (bucket.faults.size === 0) return;
  for (const [fingerprint, value] of bucket.faults) {
    const series = source.registry.get({ kind: 'fault', metric: fingerprint, dimension: null });
    if (series === null) continue;
    wake(series, source);
    tell(series, value, exposure, judging);
  }
}

function tell(series: Series, value: number, exposure: number, judging: Judging): void {
  const verdict = judgeCount(series, value, exposure, judging);
  if (verdict === null) return;
  const { bucket, out } = judging;
  out.push({ series, verdict, time: bucket.start, value, statistic: 'count', example: '' });
}

/** A message or exception that is about to alert explains the errors it is. */
const HOT = 0.9;
const NONE: ReadonlySet<string> = new Set();

function hotMetrics(judged: readonly Judged[]): ReadonlySet<string> {
  if (judged.length === 0) return NONE;
  return new Set(judged.filter((one) => one.verdict.confidence >= HOT).map((one) => one.series.name.metric));
}

function judgeRecords(judging: Judging, hot: ReadonlySet<string>): void {
  const { bucket, source } = judging;
  const explained = hot.size === 0 ? NOT_EXPLAINED : explainedBy(hot, judging);
  const traffic = source.known.traffic();
  if (traffic !== null) {
    tell(traffic, bucket.records - explained.records, 1, judging);
    learnUsual(traffic, bucket.records);
  }
  judgeTrouble('errors', Math.max(0, bucket.errors - explained.errors), judging);
  judgeTrouble('warnings', bucket.warnings, judging);
}

interface Explained {
  records: number;
  errors: number;
}

const NOT_EXPLAINED: Readonly<Explained> = { records: 0, errors: 0 };

/** Records of the messages and exceptions that are about to alert. */
function explainedBy(hot: ReadonlySet<string>, { bucket, source }: Judging): Explained {
  const explained = { records: 0, errors: 0 };
  for (const [index, count] of bucket.messages.entries()) {
    const message = source.message(index);
    if (message === null || !hot.has(message.id)) continue;
    explained.records += count;
    if (message.error) explained.errors += count;
  }
  for (const [fingerprint, count] of bucket.faults) {
    if (!hot.has(fingerprint)) continue;
    explained.records += count;
    explained.errors += count;
  }
  return explained;
}

/** Errors or warnings where there are some; else they rest. */
function judgeTrouble(kind: 'errors' | 'warnings', value: number, judging: Judging): void {
  const series = judging.source.known.trouble(kind);
  if (series === null || value === 0) return;
  wake(series, judging.source);
  tell(series, value, judging.exposure, judging);
}
