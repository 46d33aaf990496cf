import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explicitSlices, quantileOf } from '../../../../../src/adapters/sources/otlp/metrics/distribution.ts';
import {
  countsOf,
  type Exponential,
  exponentialSlices,
  rebased,
} from '../../../../../src/adapters/sources/otlp/metrics/exponential.ts';

const BOUNDS = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

/** Values as an SDK counts them into explicit buckets. */
function counted(values: readonly number[]): readonly number[] {
  const counts = [...BOUNDS, 0].map(() => 0);
  for (const value of values) {
    const i = BOUNDS.findIndex((bound) => value <= bound);
    const at = i === -1 ? BOUNDS.length : i;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Values as an SDK counts them into exponential buckets (data model: index = ceil(log_base(value)) - 1). */
function exponential(values: readonly number[], scale: number): Exponential {
  const indexOf = (value: number) => Math.ceil(Math.log2(value) * 2 ** scale) - 1;
  const side = (some: readonly number[]) => {
    const indices = some.map(indexOf);
    const offset = Math.min(...indices, 0);
    const counts = Array.from({ length: Math.max(...indices, 0) - offset + 1 }, () => 0);
    for (const index of indices) counts[index - offset] = (counts[index - offset] ?? 0) + 1;
    return { offset, counts };
  };
  return {
    scale,
    zeros: values.filter((value) => value === 0).length,
    zeroThreshold: 0,
    positive: side(values.filter((value) => value > 0)),
    negative: side(values.filter((value) => value < 0).map((value) => -value)),
  };
}

/** The value of that rank. */
function exact(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
}

const share = fc.double({ min: 0.01, max: 1, noNaN: true });

describe('quantiles of a histogram', () => {
  it('lie in the bucket of the true quantile', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 9999, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, share, (some, q) => {
        const guess = quantileOf(explicitSlices(BOUNDS, counted(some)), q) ?? Number.NaN;
        const high = BOUNDS.find((bound) => exact(some, q) <= bound) ?? Number.NaN;
        const low = BOUNDS[BOUNDS.indexOf(high) - 1] ?? 0;
        expect(guess).toBeGreaterThanOrEqual(low);
        expect(guess).toBeLessThanOrEqual(high);
      }),
      { numRuns: 300 },
    );
  });

  it('are the last bound for what lies beyond it, and nothing for no values', () => {
    expect(quantileOf(explicitSlices([1, 2], [0, 0, 9]), 0.5)).toBe(2);
    expect(quantileOf(explicitSlices([1, 2], [0, 0, 0]), 0.5)).toBeNull();
    expect(quantileOf([], 0.5)).toBeNull();
  });

  it('interpolate', () => {
    expect(quantileOf(explicitSlices([10, 20], [0, 100, 0]), 0.95)).toBeCloseTo(19.5);
  });

  it('of exponential buckets are within a bucket of the truth, on both sides of zero', () => {
    const value = fc.oneof(
      fc.double({ min: 0.01, max: 10_000, noNaN: true }),
      fc.double({ min: -10_000, max: -0.01, noNaN: true }),
      fc.constant(0),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), share, (some, q) => {
        const shape = exponential(some, 3);
        const guess = quantileOf(exponentialSlices(shape, countsOf(shape)), q) ?? Number.NaN;
        const truth = exact(some, q);
        expect(Math.abs(guess - truth)).toBeLessThanOrEqual(
          Math.abs(truth) * (2 ** (1 / 8) - 1) * 1.1 + 1e-9,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('exponential buckets of a coarser scale', () => {
  it('hold what the same values had been counted into there', () => {
    const values = fc.array(fc.double({ min: 0.01, max: 10_000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, values, fc.integer({ min: 0, max: 3 }), (some, more, steps) => {
        const like = exponential([...some, ...more], 3 - steps);
        const was = rebased(exponential(some, 3), like);
        const fresh = exponential(some, 3 - steps);
        const at = (index: number) => fresh.positive.counts[index - fresh.positive.offset] ?? 0;
        expect(was?.positive.counts).toEqual(
          like.positive.counts.map((_, i) => at(like.positive.offset + i)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('cannot be had of finer ones, nor where a bucket is gone', () => {
    const fine = exponential([100], 3);
    expect(rebased(exponential([100], 2), fine)).toBeNull();
    expect(rebased(exponential([100_000], 3), fine)).toBeNull();
  });
});
