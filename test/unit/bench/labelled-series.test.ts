import { describe, expect, it } from 'vitest';
import { ANOMALIES, ANOMALY_NAMES, type AnomalyName, SIZES } from '../../../bench/detection/anomalies.ts';
import { BASE_NAMES, type BaseName } from '../../../bench/detection/bases.ts';
import { type Label, type LabelledSeries, labelledSeries } from '../../../bench/detection/labelled-series.ts';

/** Two of each base and sampling, and many of the sampling that makes the fewest points. */
const numbers = Array.from({ length: 1200 }, (_, n) => n).filter(
  (n) => n < 42 || Math.floor(n / 7) % 3 === 2,
);
const some = numbers.map((n) => labelledSeries(1, n));

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

const within = (
  { samples }: LabelledSeries,
  { start, end }: { readonly start: number; readonly end: number },
) => samples.filter(({ time }) => time >= start && time <= end).map(({ value }) => value);

/** Values before anything happens: those of the first third. */
function ordinary({ samples }: LabelledSeries): readonly number[] {
  return samples.slice(0, Math.floor(samples.length / 3)).map(({ value }) => value);
}

function found(anomaly: AnomalyName, base: BaseName) {
  return some
    .filter((one) => one.base === base)
    .flatMap((series) => series.truth.map((label) => ({ series, label })))
    .filter(({ label }) => label.anomaly === anomaly);
}

/** How far the values of a label lie from the ordinary mean, in ordinary deviations. */
function shiftOf(series: LabelledSeries, label: Label): number {
  const before = ordinary(series);
  return (mean(within(series, label)) - mean(before)) / deviation(before);
}

describe('series of which it is known when something is wrong', () => {
  it('are the same for the same seed and number', () => {
    expect(labelledSeries(1, 9)).toEqual(some[9]);
    expect(labelledSeries(2, 9)).not.toEqual(some[9]);
  });

  it('have each anomaly in each base where it is one', () => {
    const wanted = BASE_NAMES.flatMap((base) =>
      ANOMALY_NAMES.filter((name) => !ANOMALIES[name].not.includes(base)).map((name) => `${base} ${name}`),
    );
    const made = some.flatMap(({ base, truth }) => truth.map(({ anomaly }) => `${base} ${anomaly}`));
    expect([...new Set(made)].toSorted()).toEqual(wanted.toSorted());
    expect(new Set(some.map(({ truth }) => truth.length))).toEqual(new Set([0, 1, 2, 3]));
    expect(new Set(some.flatMap(({ truth }) => truth.map(({ size }) => size)))).toEqual(new Set(SIZES));
  });

  it('have their anomalies after the first third, with ordinary time after each', () => {
    for (const { samples, truth, intervalMs, days } of some) {
      const first = samples[0]?.time ?? 0;
      const whole = days * 86_400_000;
      let free = first + whole / 3;
      for (const { start, end } of truth) {
        expect(start).toBeGreaterThanOrEqual(free);
        expect(end).toBeGreaterThanOrEqual(start);
        free = end + 100 * intervalMs;
      }
      expect(free).toBeLessThanOrEqual(first + whole);
    }
  });

  it('move by as many deviations as the size says', () => {
    for (const [anomaly, sign] of [
      ['level up', 1],
      ['level down', -1],
    ] as const) {
      for (const base of ['white', 'counts'] as const) {
        for (const { series, label } of found(anomaly, base)) {
          const size = sign * ANOMALIES[anomaly].sizes[label.size];
          const least = base === 'counts' ? -mean(ordinary(series)) / deviation(ordinary(series)) : -99;
          expect(Math.abs(shiftOf(series, label) - Math.max(least, size))).toBeLessThan(1);
        }
      }
    }
    for (const { series, label } of found('spike', 'white')) {
      expect(Math.abs(Math.abs(shiftOf(series, label)) - ANOMALIES.spike.sizes[label.size])).toBeLessThan(1);
    }
  });

  it('vary by as much more as the size says', () => {
    for (const { series, label } of found('variance', 'white')) {
      const times = deviation(within(series, label)) / deviation(ordinary(series));
      expect(times / ANOMALIES.variance.sizes[label.size]).toBeGreaterThan(0.75);
      expect(times / ANOMALIES.variance.sizes[label.size]).toBeLessThan(1.25);
    }
    for (const { series, label } of found('frequency', 'white')) {
      const times = deviation(within(series, label)) / deviation(ordinary(series));
      expect(Math.abs(times - 1)).toBeLessThan(0.25);
    }
  });

  it('say nothing where points are missing, and the same all along a flat line', () => {
    for (const base of BASE_NAMES) {
      for (const { series, label } of found('missing', base)) {
        expect(within(series, label)).toHaveLength(1);
        expect(label.end - label.start).toBe(ANOMALIES.missing.sizes[label.size] * series.intervalMs);
      }
      for (const { series, label } of found('flat line', base)) {
        expect(new Set(within(series, label)).size).toBe(1);
      }
    }
  });
});
