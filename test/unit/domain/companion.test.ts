import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALONE, type Alongside, joined, MOST_NAMED } from '../../../src/domain/companion.ts';

/** The n-th that turned abnormal in an episode. */
function nth(n: number): Alongside {
  return { series: [{ name: `metric ${n}`, value: n, expected: [0, 1] }], count: n };
}

const all = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => nth(from + i + 1)).reduce(joined, ALONE);

describe('what turned abnormal together', () => {
  it('is named, the first twelve, and the rest is counted', () => {
    const many = all(0, 20);
    expect(many.series.map(({ name }) => name)).toEqual(
      Array.from({ length: MOST_NAMED }, (_, i) => `metric ${i + 1}`),
    );
    expect(many.count).toBe(20);
  });

  it('is the same however the episode is cut into commits', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.nat(30), (a, b) => {
        const [cut, end] = [Math.min(a, b), Math.max(a, b)];
        expect(joined(all(0, cut), all(cut, end))).toEqual(all(0, end));
      }),
    );
  });

  it('is not counted twice when it comes again in another episode', () => {
    const once = all(0, 15);
    expect(joined(once, all(0, 15))).toEqual(once);
    expect(joined(once, all(0, 3))).toEqual(once);
    expect(joined(all(0, 3), once)).toEqual(once);
  });

  it('counts at least those who are named', () => {
    const [one, another] = [all(0, 1), { ...nth(7), count: 1 }];
    expect(joined(one, another)).toMatchObject({ series: [{ value: 1 }, { value: 7 }], count: 2 });
  });
});
