import { type Accumulator, quantile } from '../../buckets/accumulate.ts';
import type { Series } from '../series.ts';
import { type Judging, judge, judgeCount, learnUsual } from './judged.ts';

/** What the fields of the records measured: mean and p95 of a bucket. */
export function judgeMeasures(judging: Judging): void {
  const { bucket, source } = judging;
  for (const [metric, values] of bucket.measures) {
    for (const [value, accumulated] of values) {
      const dimension = value === '' ? null : value;
      const series = source.registry.get({ kind: 'measure', metric, dimension });
      if (series !== null) judgeMeasure(series, accumulated, judging);
    }
  }
}

/** Fewer values have no p95 worth the name. */
const LEAST_FOR_P95 = 8;

/** Says the stranger of the two. */
function judgeMeasure(series: Series, values: Accumulator, { bucket, source, out }: Judging): void {
  const weight = series.usual === 0 ? 1 : Math.min(1, values.count / series.usual);
  learnUsual(series, values.count);
  const time = bucket.start;
  const point = { time, weight, exposure: 1, bucketMs: source.bucketMs };
  const mean = values.sum / values.count;
  source.registry.roll(series, time, mean);
  const byMean = judge(series, 0, { ...point, value: mean }, source);
  const p95 = values.count < LEAST_FOR_P95 ? null : quantile(values, 0.95);
  const byP95 = p95 === null ? null : judge(series, 1, { ...point, value: p95 }, source);
  const base = { series, time, example: values.example };
  if (p95 !== null && byP95 !== null && byP95.confidence > (byMean?.confidence ?? 0))
    out.push({ ...base, verdict: byP95, value: p95, statistic: 'p95' });
  else if (byMean !== null) out.push({ ...base, verdict: byMean, value: mean, statistic: 'mean' });
}

/** Responses with status 500 and above. */
export function judgeFailures(judging: Judging): void {
  const { bucket, source, exposure, out } = judging;
  for (const [value, status] of bucket.statuses) {
    const dimension = value === '' ? null : value;
    const series = source.registry.get({ kind: 'failures', metric: 'status 5xx', dimension });
    if (series === null) continue;
    const failed = Math.max(0, status.failed - bucket.explained);
    const verdict = judgeCount(series, failed, exposure, judging);
    if (verdict === null) continue;
    const { example } = status;
    out.push({ series, verdict, time: bucket.start, value: failed, statistic: 'count', example });
  }
}
