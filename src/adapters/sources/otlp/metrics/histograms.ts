import type { ExponentialPoint, HistogramPoint, SummaryPoint } from '../wire/wire.ts';
import { explicitSlices, quantileOf, type Slice } from './distribution.ts';
import { countsOf, type Exponential, exponentialSlices, rebased } from './exponential.ts';
import type { Growth, Totals } from './growth.ts';
import {
  CUMULATIVE,
  DELTA,
  growth,
  type Known,
  perSecond,
  type Reading,
  temporalityProblem,
  type Values,
} from './reading.ts';

/** Of both signs together; the SDKs' own limit is 160 each. */
const MOST_BUCKETS = 640;

export function histogramReading(point: HistogramPoint, temporality: number): Reading {
  const { bucketCounts, explicitBounds: bounds, count } = point;
  const totals = totalsOf(point, [count, ...bucketCounts]);
  return {
    point,
    shape: `histogram ${bounds.join(' ')}`,
    problem: bucketProblem(bucketCounts.length, bounds) ?? temporalityProblem(temporality),
    read(before, exported) {
      const grown = growth(before, totals, { temporality, exported });
      const slices = explicitSlices(bounds, grown?.counts.slice(1) ?? []);
      return {
        values: distributionValues(grown, slices, rangeOf(point, temporality)),
        known: { totals, buckets: null },
      };
    },
  };
}

function bucketProblem(buckets: number, bounds: readonly number[]): string | null {
  if (buckets > MOST_BUCKETS) return `a histogram has more than ${MOST_BUCKETS} buckets`;
  const fit = buckets === 0 ? bounds.length === 0 : buckets === bounds.length + 1;
  const rise = bounds.every((bound, i) => i === 0 || bound > (bounds[i - 1] ?? bound));
  return fit && rise ? null : 'the bounds of a histogram do not fit its buckets';
}

export function exponentialReading(point: ExponentialPoint, temporality: number): Reading {
  const { scale, zeroCount: zeros, zeroThreshold, positive, negative, count } = point;
  const buckets: Exponential = {
    scale,
    zeros,
    zeroThreshold: zeroThreshold ?? 0,
    positive: { offset: positive.offset, counts: positive.bucketCounts },
    negative: { offset: negative.offset, counts: negative.bucketCounts },
  };
  const totals = totalsOf(point, [count, ...countsOf(buckets)]);
  const tooMany = positive.bucketCounts.length + negative.bucketCounts.length > MOST_BUCKETS;
  return {
    point,
    shape: 'exponential',
    problem: tooMany ? `a histogram has more than ${MOST_BUCKETS} buckets` : temporalityProblem(temporality),
    read(before, exported) {
      const grown = growth(inBuckets(before, buckets), totals, { temporality, exported });
      const slices = exponentialSlices(buckets, grown?.counts.slice(1) ?? []);
      return {
        values: distributionValues(grown, slices, rangeOf(point, temporality)),
        known: { totals, buckets },
      };
    },
  };
}

/** The last point with its counts in these buckets; with none, which is read as a new beginning, where that cannot be. */
function inBuckets(before: Known | null, like: Exponential): Known | null {
  if (before === null || before.buckets === null) return before;
  const { totals } = before;
  const same = rebased(before.buckets, like);
  const counts = same === null ? [] : [totals.counts[0] ?? 0, ...countsOf(same)];
  return { buckets: like, totals: { ...totals, counts } };
}

export function summaryReading(point: SummaryPoint): Reading {
  const totals = totalsOf(point, [point.count]);
  const quantiles = point.quantileValues.flatMap(({ quantile, value }) =>
    quantile === null || value === null || Number.isNaN(value) ? [] : [[suffixOf(quantile), value] as const],
  );
  return {
    point,
    shape: 'summary',
    problem: null,
    read(before, exported) {
      const grown = growth(before, totals, { temporality: CUMULATIVE, exported });
      return {
        values: [...distributionValues(grown, [], null), ...quantiles],
        known: { totals, buckets: null },
      };
    },
  };
}

/** 0 and 1 are the least and the greatest value seen (opentelemetry-proto, ValueAtQuantile). */
function suffixOf(quantile: number): string {
  if (quantile === 0) return '.min';
  return quantile === 1 ? '.max' : `.p${Number((quantile * 100).toFixed(4))}`;
}

function totalsOf(
  { startTimeUnixNano: start, timeUnixNano: time, sum }: HistogramPoint | ExponentialPoint | SummaryPoint,
  counts: readonly number[],
): Totals {
  return { start, time, counts, sum: sum ?? Number.NaN };
}

type Range = readonly [least: number, most: number];

/** Least and greatest value of a delta point; those of a cumulative one are of its whole life. */
function rangeOf({ min, max }: HistogramPoint | ExponentialPoint, temporality: number): Range | null {
  return temporality === DELTA && min !== null && max !== null && min <= max ? [min, max] : null;
}

const QUANTILES = [0.5, 0.95, 0.99];

/** Values per second, their mean and quantiles; where none came only that. A sum that is not told has no mean. */
function distributionValues(grown: Growth | null, slices: readonly Slice[], range: Range | null): Values {
  const count = grown?.counts[0] ?? 0;
  if (grown === null || count <= 0) return perSecond('.count', grown);
  const values: [suffix: string, value: number][] = [
    ['.count', count / grown.seconds],
    ['.mean', grown.sum / count],
  ];
  for (const q of QUANTILES) {
    const value = quantileOf(slices, q);
    if (value !== null) values.push([suffixOf(q), range === null ? value : clamp(value, range)]);
  }
  return values;
}

function clamp(value: number, [least, most]: Range): number {
  return Math.min(most, Math.max(least, value));
}
