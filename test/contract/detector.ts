import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../src/detectors/detector.ts';
import { T0 } from '../support/log-lines.ts';

/** A kind of detector, and inputs it must cope with. */
export interface DetectorKind<In> {
  readonly name: string;
  create(): Detector<In>;
  /** Any input at all. */
  readonly inputs: fc.Arbitrary<In>;
  /** The n-th of many inputs that are all unlike. */
  unlike(n: number): In;
  /** Bytes of a snapshot at most, 10,000 unless told. */
  readonly mostBytes?: number;
}

const NUMBERS: readonly number[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  0,
  -0,
];

/** Values as a broken or hostile source would send them, among ordinary ones. */
export const anyNumber = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 2, arbitrary: fc.constantFrom(...NUMBERS) },
  { weight: 2, arbitrary: fc.constant(5) },
);

/** Times in any order, some the same, some far away. */
export const anyTime = fc.oneof(
  fc.integer({ min: 0, max: 1000 }).map((n) => T0 + n * 1000),
  fc.constantFrom(T0, 0, -1e15, 1e16),
);

/** What every detector promises, whatever it looks at. */
export function detectorContract<In>(kind: DetectorKind<In>): void {
  const streams = fc.array(kind.inputs, { minLength: 30, maxLength: 90 });
  const numbersOf = (detector: Detector<In>) => [...detector.snapshot()];

  describe(kind.name, () => {
    it('scoring changes nothing', () => {
      fc.assert(
        fc.property(streams, (inputs) => {
          const detector = kind.create();
          for (const input of inputs) {
            const before = numbersOf(detector);
            expect(detector.score(input)).toEqual(detector.score(input));
            expect(numbersOf(detector)).toEqual(before);
            detector.learn(input);
          }
        }),
      );
    });

    it('a restored twin answers alike for ever', () => {
      fc.assert(
        fc.property(streams, fc.nat(89), (inputs, cut) => {
          const detector = kind.create();
          for (const input of inputs.slice(0, cut)) detector.learn(input);
          const twin = kind.create();
          twin.restore(detector.snapshot());
          for (const input of inputs.slice(cut)) {
            expect(twin.score(input)).toEqual(detector.score(input));
            detector.learn(input);
            twin.learn(input);
          }
          expect([numbersOf(twin), twin.seen]).toEqual([numbersOf(detector), detector.seen]);
        }),
      );
    });

    it('scores lie in [0,1], whatever the numbers and the times', () => {
      fc.assert(
        fc.property(streams, (inputs) => {
          const detector = kind.create();
          for (const input of inputs) {
            const reading = detector.score(input);
            if (reading !== null) {
              expect(reading.score).toBeGreaterThanOrEqual(0);
              expect(reading.score).toBeLessThanOrEqual(1);
            }
            detector.learn(input);
          }
          expect(numbersOf(detector).every(Number.isFinite)).toBe(true);
        }),
      );
    });

    it('says nothing before it has learnt enough', () => {
      const detector = kind.create();
      for (let n = 0; n < detector.needed; n += 1) {
        expect(detector.score(kind.unlike(n))).toBeNull();
        detector.learn(kind.unlike(n));
      }
    });

    it('needs no more memory after 50,000 unlike events', () => {
      const detector = kind.create();
      for (let n = 0; n < 50_000; n += 1) detector.learn(kind.unlike(n));
      expect(detector.snapshot().byteLength).toBeLessThan(kind.mostBytes ?? 10_000);
    });
  });
}
