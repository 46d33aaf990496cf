import type { NumberPoint, WireMetric } from '../wire/wire.ts';
import type { Totals } from './growth.ts';
import { exponentialReading, histogramReading, summaryReading } from './histograms.ts';
import { CUMULATIVE, growth, perSecond, type Reading, temporalityProblem } from './reading.ts';

/** Null for a metric of a type that is not known. */
export function pointsOf(metric: WireMetric): readonly Reading[] | null {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  if (gauge) return gauge.dataPoints.map((point) => gaugeReading(point));
  if (sum) {
    const { aggregationTemporality: temporality, isMonotonic, dataPoints } = sum;
    // A level that goes up and down is a gauge; of its deltas only the speed of change is known.
    const isGauge = isMonotonic !== true && temporality === CUMULATIVE;
    return dataPoints.map((point) => (isGauge ? gaugeReading(point) : sumReading(point, temporality)));
  }
  if (histogram) {
    const { aggregationTemporality: temporality, dataPoints } = histogram;
    return dataPoints.map((point) => histogramReading(point, temporality));
  }
  if (exponentialHistogram) {
    const { aggregationTemporality: temporality, dataPoints } = exponentialHistogram;
    return dataPoints.map((point) => exponentialReading(point, temporality));
  }
  return summary ? summary.dataPoints.map(summaryReading) : null;
}

function valueOf({ asDouble, asInt }: NumberPoint): number | null {
  const value = asDouble ?? asInt;
  return value !== null && Number.isFinite(value) ? value : null;
}

function gaugeReading(point: NumberPoint): Reading {
  const value = valueOf(point);
  return {
    point,
    shape: 'gauge',
    problem: value === null ? 'a data point has no value' : null,
    read: () => ({ values: value === null ? [] : [['', value]], known: null }),
  };
}

function sumReading(point: NumberPoint, temporality: number): Reading {
  const value = valueOf(point);
  const { startTimeUnixNano: start, timeUnixNano: time } = point;
  const totals: Totals = { start, time, counts: [value ?? 0], sum: 0 };
  return {
    point,
    shape: 'sum',
    problem: value === null ? 'a data point has no value' : temporalityProblem(temporality),
    read: (before, exported) => ({
      values: perSecond('.rate', growth(before, totals, { temporality, exported })),
      known: { totals, buckets: null },
    }),
  };
}
