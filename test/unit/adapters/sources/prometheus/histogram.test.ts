import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Distribution,
  distributionOf,
  quantile,
  since,
} from '../../../../../src/adapters/sources/prometheus/histogram.ts';

const INF = Number.POSITIVE_INFINITY;
const of = (counts: Readonly<Record<string, number>>, sum = 0): Distribution => {
  const made = distributionOf(
    new Map(Object.entries(counts).map(([bound, count]) => [Number(bound), count])),
    sum,
  );
  if (made === null) throw new Error('no bucket without bound');
  return made;
};

describe('quantile', () => {
  it('interpolates within the bucket, as histogram_quantile does', () => {
    const spread = of({ 0.1: 10, 0.5: 30, 1: 40, Infinity: 40 });
    expect(quantile(0.5, spread)).toBeCloseTo(0.3);
    expect(quantile(0.25, spread)).toBeCloseTo(0.1);
    expect(quantile(0.125, spread)).toBeCloseTo(0.05);
    expect(quantile(1, spread)).toBeCloseTo(1);
  });

  it('knows no more than the last bound, and begins the lowest bucket at zero', () => {
    expect(quantile(0.99, of({ 1: 1, 2: 2, Infinity: 100 }))).toBe(2);
    expect(quantile(0.5, of({ '-1': 10, Infinity: 10 }))).toBe(-1);
    expect(quantile(0.5, of({ 4: 10, Infinity: 10 }))).toBe(2);
  });

  it('says nothing of nothing', () => {
    expect(quantile(0.5, of({ 1: 0, Infinity: 0 }))).toBeNull();
    expect(quantile(0.5, of({ Infinity: 10 }))).toBeNull();
    expect(distributionOf(new Map([[1, 1]]), 0)).toBeNull();
  });

  it('lies in the bucket in which the value of that rank lies', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 9, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (observed, q) => {
        const bounds = [0.5, 1, 2, 4, 8];
        const counts = Object.fromEntries(
          [...bounds, INF].map((bound) => [bound, observed.filter((one) => one <= bound).length]),
        );
        const sorted = observed.toSorted((a, b) => a - b);
        const exact = sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN;
        const upper = Math.min(8, [...bounds, INF].find((bound) => exact <= bound) ?? INF);
        const lower = [0, ...bounds].findLast((bound) => bound < Math.min(exact, 8.1)) ?? 0;
        const estimate = quantile(q, of(counts)) ?? Number.NaN;
        expect(estimate).toBeGreaterThanOrEqual(Math.min(lower, upper) - 1e-9);
        expect(estimate).toBeLessThanOrEqual(upper + 1e-9);
      }),
      { numRuns: 300 },
    );
  });
});

describe('since', () => {
  it('is what was added, or all of it when the target began again', () => {
    expect(since(of({ 1: 5, Infinity: 9 }, 10), of({ 1: 6, Infinity: 12 }, 14))).toEqual(
      of({ 1: 1, Infinity: 3 }, 4),
    );
    expect(since(of({ 1: 5, Infinity: 9 }, 10), of({ 1: 1, Infinity: 2 }, 3))).toEqual(
      of({ 1: 1, Infinity: 2 }, 3),
    );
    expect(since(of({ 1: 5, Infinity: 9 }), of({ 2: 6, Infinity: 12 }))).toBeNull();
  });
});
