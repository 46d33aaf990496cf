import { describe, expect, it } from 'vitest';
import { NORMAL_KINDS, normalSeries } from '../../../bench/detection/normal-series.ts';
import { DAY } from '../../../bench/detection/processes.ts';

const MINUTE = 60_000;
const SEEDS = [1, 2, 3, 4, 5, 6];

const seriesOf = (kind: string, seed: number, intervalMs = 10 * MINUTE, days = 21) => [
  ...normalSeries({ kind, seeds: [seed], intervalMs, days }),
];
const valuesOf = (kind: string, seed: number) => seriesOf(kind, seed).map(({ value }) => value);
const shareOf = (values: readonly number[], is: (value: number) => boolean) =>
  values.filter(is).length / values.length;

/** Correlation of each value with the one `lag` later. */
function memoryOf(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const apart = values.map((value) => value - mean);
  const products = apart.map((one, i) => one * (apart[i + lag] ?? 0));
  const squares = apart.map((one) => one * one);
  return products.reduce((sum, one) => sum + one, 0) / squares.reduce((sum, one) => sum + one, 0);
}

describe('series in which nothing is wrong', () => {
  it.each(NORMAL_KINDS)('%s: points at the interval, numbers all, the same for the same seed', (kind) => {
    for (const intervalMs of [10_000, MINUTE, 5 * MINUTE]) {
      const points = seriesOf(kind, 7, intervalMs, 1);
      expect(points).toHaveLength(DAY / intervalMs);
      expect(points.every(({ value }) => Number.isFinite(value))).toBe(true);
      const gaps = points.slice(1).map(({ time }, i) => time - (points[i]?.time ?? 0));
      expect(new Set(gaps)).toEqual(new Set([intervalMs]));
      expect(seriesOf(kind, 7, intervalMs, 1)).toEqual(points);
      expect(seriesOf(kind, 8, intervalMs, 1)).not.toEqual(points);
    }
  });

  it('knows no other kinds', () => {
    expect(() => [...normalSeries({ kind: 'pink', seeds: [1], intervalMs: MINUTE, days: 1 })]).toThrow(
      'no kind pink',
    );
  });

  it('have the memory that their kind says', () => {
    for (const seed of SEEDS) {
      expect(Math.abs(memoryOf(valuesOf('white', seed), 1))).toBeLessThan(0.1);
      expect(memoryOf(valuesOf('autoregressive', seed), 1)).toBeGreaterThan(0.4);
      expect(memoryOf(valuesOf('random walk', seed), 10)).toBeGreaterThan(0.8);
    }
    const days = SEEDS.map((seed) => memoryOf(valuesOf('daily', seed), 144));
    expect(Math.max(...days)).toBeGreaterThan(0.8);
  });

  it('weekly ones are lower at the weekend', () => {
    for (const seed of SEEDS) {
      const points = seriesOf('weekly', seed);
      const meanOf = (days: readonly number[]) => {
        const meant = points.filter(({ time }) => days.includes(new Date(time).getUTCDay()));
        return meant.reduce((sum, { value }) => sum + value, 0) / meant.length;
      };
      expect(meanOf([0, 6])).toBeLessThan(0.97 * meanOf([1, 2, 3, 4, 5]));
    }
  });

  it('counts are whole, percents are between 0 and 100, constants stay for long', () => {
    for (const seed of SEEDS) {
      expect(shareOf(valuesOf('request rate', seed), Number.isInteger)).toBe(1);
      expect(shareOf(valuesOf('mostly zeros', seed), (value) => value === 0)).toBeGreaterThan(0.8);
      expect(new Set(valuesOf('mostly zeros', seed)).size).toBeGreaterThan(1);
      expect(shareOf(valuesOf('percent', seed), (value) => value >= 0 && value <= 100)).toBe(1);
      expect(new Set(valuesOf('quantised', seed)).size).toBeLessThan(40);
    }
    const saturated = SEEDS.map((seed) => shareOf(valuesOf('percent', seed), (value) => value === 100));
    expect(Math.max(...saturated)).toBeGreaterThan(0);
  });
});
