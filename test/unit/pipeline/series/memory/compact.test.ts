import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packCompact, unpackCompact } from '../../../../../src/pipeline/series/memory/compact.ts';

describe('compact numbers', () => {
  it('come back exactly', () => {
    const number = fc.oneof(
      fc.double(),
      fc.float(),
      fc.integer({ min: -40_000, max: 40_000 }),
      fc.constantFrom(0, -0, Number.NaN, 32_767, 32_768, -32_768, -32_769, 65_536, 2 ** 32, 1e-320),
    );
    fc.assert(
      fc.property(fc.array(number), (numbers) => {
        expect([...unpackCompact(packCompact(Float64Array.from(numbers)))]).toEqual(numbers);
      }),
      { numRuns: 500 },
    );
  });

  it('take as few bytes as they need', () => {
    const bytes = (...numbers: readonly number[]) => packCompact(Float64Array.from(numbers)).byteLength;
    expect(bytes()).toBe(4);
    expect(bytes(0, 0, 0, 0)).toBe(6);
    expect(bytes(...Array.from({ length: 4 * 255 }, () => 0))).toBe(6);
    expect(bytes(7)).toBe(7);
    expect(bytes(0.5)).toBe(9);
    expect(bytes(0.1)).toBe(13);
  });

  it('are read from anywhere in a larger array', () => {
    const packed = packCompact(Float64Array.of(1, 0.1, 0));
    const larger = new Uint8Array(packed.length + 3);
    larger.set(packed, 3);
    expect([...unpackCompact(larger.subarray(3))]).toEqual([1, 0.1, 0]);
  });
});
