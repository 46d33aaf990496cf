import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../src/detectors/numbers.ts';
import { SortedWindow } from '../../../src/detectors/window.ts';

const values = fc.array(
  fc
    .oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, -0, 0.1, 0.1 + 1e-17, 3e38, -3e38, 1e-300),
    )
    .map(Math.fround),
  { maxLength: 80 },
);
const wholes = fc.array(fc.oneof(fc.nat(65_535), fc.nat(3)), { maxLength: 80 });
const capacities = fc.constantFrom(1, 2, 7, 20, 256, 300);

/** Everything that it says. */
function said(window: SortedWindow, asked: readonly number[]) {
  return {
    size: window.size,
    sorted: Array.from({ length: window.size }, (_, i) => window.at(i)),
    arrived: [...numbersOf((to) => window.write(to))],
    counts: asked.map((value) => window.countAtLeast(value)),
    median: window.quantile(0.5),
  };
}

describe('a sorted window', () => {
  it('holds the newest numbers, in both orders', () => {
    fc.assert(
      fc.property(values, capacities, (pushed, capacity) => {
        const window = new SortedWindow(capacity);
        for (const value of pushed) window.push(value);
        const kept = pushed.slice(-capacity);
        const sorted = kept.toSorted((a, b) => a - b);
        const { median, ...rest } = said(window, pushed);
        expect(rest.sorted.map((one) => one + 0)).toEqual(sorted.map((one) => one + 0));
        expect(rest.arrived).toEqual(kept);
        expect(rest.counts).toEqual(pushed.map((value) => kept.filter((one) => one >= value).length));
        const middle = (sorted.length - 1) / 2;
        const [low = Number.NaN, high = low] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
        if (sorted.length === 0) expect(median).toBeNaN();
        else
          expect(median).toBeCloseTo(low === high ? low : low + (high - low) * (middle - Math.floor(middle)));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['numbers', 'singles', values],
    ['whole numbers', 'shorts', wholes],
  ] as const)('of %s goes on after a restore as if nothing had been', (_, held, numbers) => {
    fc.assert(
      fc.property(numbers, numbers, capacities, (before, after, capacity) => {
        const window = new SortedWindow(capacity, held);
        for (const value of before) window.push(value);
        const twin = new SortedWindow(capacity, held);
        twin.restore(numbersOf((to) => window.write(to)));
        for (const value of after) {
          window.push(value);
          twin.push(value);
        }
        expect(said(twin, before)).toEqual(said(window, before));
      }),
      { numRuns: 300 },
    );
  });

  it('finds what single precision cannot tell apart as equal', () => {
    const window = new SortedWindow(3);
    for (const value of [0.1, 0.1 + 1e-10, 0.1 - 1e-10, 5]) window.push(value);
    expect(window.countAtLeast(Math.fround(0.1))).toBe(3);
    expect(window.at(2)).toBe(5);
  });
});
