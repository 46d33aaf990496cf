import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Detector } from '../../../../src/detectors/detector.ts';
import { numbersOf } from '../../../../src/detectors/memory/numbers.ts';
import { isolationForest } from '../../../../src/detectors/vectors/isolation-forest.ts';
import { MOST_METRICS, type Vector, type VectorGauge } from '../../../../src/detectors/vectors/vector.ts';
import { classify } from '../../../../src/domain/detection.ts';
import { calibratedVector } from '../../../support/calibrated.ts';
import { T0 } from '../../../support/log-lines.ts';
import { gaussian } from '../../../support/series.ts';

const METRICS = ['requests', 'connections', 'temperature', 'processes', 'disk'];
const MINUTE = 60_000;

/** A vector a minute. The first two go together, whatever moves them; the others go by themselves. */
function vectors(seed: number): (n: number) => Vector {
  const noise = gaussian(seed);
  return (n) => {
    const load = 100 + 30 * Math.sin(n / 40) + 10 * noise();
    const own = [50, 200, 7].map((level) => level * (1 + 0.05 * noise()));
    const values = Float64Array.of(load + noise(), 3 * load + 3 * noise(), ...own);
    return { time: T0 + n * MINUTE, metrics: METRICS, values };
  };
}

/** Each within what it has every hour, but never both like this. */
function apart(vector: Vector): Vector {
  const values = vector.values.slice();
  values[0] = 130;
  values[1] = 210;
  return { ...vector, values };
}

/** Offsets of so many metrics, all of which have something in common. */
function offsets(seed: number, metrics: number): () => Float64Array {
  const noise = gaussian(seed);
  return () => {
    const common = noise();
    return Float64Array.from({ length: metrics }, () => Math.max(-8, Math.min(8, common + noise())));
  };
}

const LEARNT = 4000;

function learned(): { readonly forest: Detector<Vector>; readonly next: (n: number) => Vector } {
  const forest = calibratedVector(isolationForest())();
  const next = vectors(3);
  for (let n = 0; n < LEARNT; n += 1) forest.learn(next(n));
  return { forest, next };
}

describe('an isolation forest over all metrics of a source', () => {
  it('finds two metrics that no longer go together, and names them', () => {
    const { forest, next } = learned();
    const readings = [0, 1, 2, 3, 4, 5].map((n) => {
      const vector = apart(next(LEARNT + n));
      const reading = forest.score(vector);
      forest.learn(vector);
      return reading;
    });
    const last = readings.at(-1);
    expect(classify(last?.score ?? 0)).toBe(true);
    const evidence = last?.evidence;
    const named = evidence?.kind === 'together' ? evidence.metrics : [];
    expect(
      named
        .slice(0, 2)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['connections', 'requests']);
    expect(named[0]?.share).toBeGreaterThan(0.2);
  });

  it('is quiet while they do', () => {
    const { forest, next } = learned();
    const scores = Array.from({ length: 2000 }, (_, n) => {
      const vector = next(LEARNT + n);
      const score = forest.score(vector)?.score ?? 0;
      forest.learn(vector);
      return score;
    });
    expect(scores.filter(classify)).toEqual([]);
  });

  it('finds one metric out of many that leaves its level, and names it alone', () => {
    const next = offsets(5, 20);
    const forest = isolationForest().make(1);
    const usual: number[] = [];
    for (let n = 0; n < 2000; n += 1) {
      const ordinary = next();
      if (n >= 1000) usual.push(forest.distance(ordinary));
      forest.learn(ordinary);
    }
    const strange = next();
    for (let n = 0; n < 5; n += 1) {
      strange.set(next());
      strange[7] = 8;
      forest.learn(strange);
    }
    expect(forest.distance(strange)).toBeGreaterThan(Math.max(...usual));
    const shares = forest.shares(strange);
    expect(shares.indexOf(Math.max(...shares))).toBe(7);
    expect(shares[7]).toBeGreaterThan(2 * Math.max(...shares.with(7, 0)));
  });

  it('is the same for a seed, and another for another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => distancesOf(isolationForest().make(seed)));
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('goes on bit for bit from a snapshot of any moment, when metrics are added as well', () => {
    fc.assert(
      fc.property(fc.nat(600), fc.integer({ min: 1, max: 8 }), (cut, before) => {
        const forest = isolationForest().make(1);
        const twin = isolationForest().make(1);
        const next = [offsets(cut, before), offsets(cut + 1, 8)];
        for (let n = 0; n < 700; n += 1) {
          const row = next[Number(n > 400)]?.() ?? new Float64Array();
          if (n === cut) twin.restore(stateOf(forest));
          if (n >= cut) {
            expect(twin.distance(row)).toBe(forest.distance(row));
            twin.learn(row);
          }
          forest.learn(row);
        }
        expect(stateOf(twin)).toEqual(stateOf(forest));
        const row = offsets(9, 8)();
        expect(twin.shares(row)).toEqual(forest.shares(row));
      }),
      { numRuns: 10 },
    );
  });

  it('refuses numbers that are no forest', () => {
    const state = stateOf(isolationForest().make(1));
    expect(() => isolationForest().make(1).restore(state.with(2, 3))).toThrow(RangeError);
  });

  it.each([1, 2, 3, MOST_METRICS])('answers for %i metrics from when it says it does', (metrics) => {
    const forest = isolationForest().make(1);
    const next = offsets(4, metrics);
    for (let n = 0; n < forest.needed; n += 1) {
      expect(forest.distance(next())).toBeNaN();
      forest.learn(next());
    }
    expect(forest.distance(next())).toBeGreaterThanOrEqual(0);
    expect(stateOf(forest).byteLength).toBeLessThan(150_000);
  });
});

function stateOf(gauge: VectorGauge): Float64Array {
  return numbersOf((to) => gauge.write(to));
}

function distancesOf(gauge: VectorGauge): readonly number[] {
  const next = offsets(6, 6);
  return Array.from({ length: 500 }, () => {
    const row = next();
    const distance = gauge.distance(row);
    gauge.learn(row);
    return distance;
  });
}
