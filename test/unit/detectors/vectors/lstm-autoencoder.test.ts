import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../../src/detectors/memory/numbers.ts';
import { lstmAutoencoder } from '../../../../src/detectors/vectors/lstm-autoencoder.ts';
import { FARTHEST } from '../../../../src/detectors/vectors/standards.ts';
import { MOST_METRICS, type VectorGauge } from '../../../../src/detectors/vectors/vector.ts';
import { gaussian } from '../../../support/series.ts';

type Signal = (i: number) => Float64Array;

function taught(signal: Signal, vectors: number, seed = 1): VectorGauge {
  const gauge = lstmAutoencoder().make(seed);
  for (let i = 0; i < vectors; i += 1) gauge.learn(signal(i));
  return gauge;
}

/** Distances of the vectors from `from` on, each learnt as well. */
function distances(gauge: VectorGauge, signal: Signal, from: number, vectors: number): readonly number[] {
  return Array.from({ length: vectors }, (_, n) => {
    const distance = gauge.distance(signal(from + n));
    gauge.learn(signal(from + n));
    return distance;
  });
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** All metrics follow one load, with its own noise each; the load forgets itself within some vectors. */
function following(seed: number, signs: readonly number[]): Signal {
  const noise = gaussian(seed);
  const made: Float64Array[] = [];
  let load = 0;
  return (i) => {
    for (; made.length <= i; ) {
      load = 0.7 * load + 0.7 * noise();
      made.push(Float64Array.from(signs, (sign) => sign * load + 0.1 * noise()));
    }
    return made[i] ?? new Float64Array();
  };
}

/** A saw of eight steps, the same for all but for its phase: up for ever, or down. */
const saw =
  (up: boolean, seed: number): Signal =>
  (i) => {
    const noise = gaussian(seed + i);
    return Float64Array.from(
      [0, 2, 4, 6],
      (phase) => (((((up ? i : -i) + phase) % 8) + 8) % 8) / 2 - 1.75 + 0.05 * noise(),
    );
  };

const SIGNS = [1, -1, 1, 1, -1, 1];
const LEARNT = 3000;

describe('the LSTM autoencoder', () => {
  it('finds metrics that part from each other, none of which is unusual by itself', () => {
    const usual = following(3, SIGNS);
    const gauge = taught(usual, LEARNT);
    const before = Math.max(...distances(gauge, usual, LEARNT, 500));
    // The second metric goes the other way: its values are as common as before.
    const parted: Signal = (i) => usual(i).map((value, metric) => (metric === 1 ? -value : value));
    const after = distances(gauge, parted, LEARNT + 500, 30);
    expect(Math.max(...after)).toBeGreaterThan(2 * before);
  });

  it('names the metric that parted', () => {
    const usual = following(4, SIGNS);
    const gauge = taught(usual, LEARNT);
    for (let i = LEARNT; i < LEARNT + 20; i += 1) {
      gauge.learn(usual(i).map((value, metric) => (metric === 4 ? -value : value)));
    }
    const shares = gauge.shares(usual(LEARNT + 20).map((value, metric) => (metric === 4 ? -value : value)));
    expect(shares.indexOf(Math.max(...shares))).toBe(4);
    expect(shares[4]).toBeGreaterThan(1.5 * Math.max(...shares.filter((_, metric) => metric !== 4)));
  });

  it('finds what comes in another order, of values that are all as common as before', () => {
    const gauge = taught(saw(true, 5), LEARNT);
    const before = distances(gauge, saw(true, 5), LEARNT, 200);
    const after = distances(gauge, saw(false, 5), LEARNT + 200, 24);
    expect(mean(after)).toBeGreaterThan(5 * mean(before));
  });

  it('is the same for the same seed, and another for another', () => {
    const usual = following(6, SIGNS);
    const state = (seed: number) => numbersOf((to) => taught(usual, 200, seed).write(to));
    expect(state(1)).toEqual(state(1));
    expect(state(1)).not.toEqual(state(2));
  });

  it('goes on from what it wrote as if nothing had happened, while metrics come', () => {
    const usual = following(7, [1, 1, -1, 1, 1]);
    const growing: Signal = (i) => usual(i).subarray(0, i < 150 ? 3 : 5);
    for (const cut of [0, 5, 149, 150, 151, 290]) {
      const gauge = taught(growing, cut);
      const twin = lstmAutoencoder().make(1);
      twin.restore(numbersOf((to) => gauge.write(to)));
      expect(distances(twin, growing, cut, 300 - cut)).toEqual(distances(gauge, growing, cut, 300 - cut));
      expect(numbersOf((to) => twin.write(to))).toEqual(numbersOf((to) => gauge.write(to)));
    }
  });

  it('stays finite and small, whatever comes', () => {
    const gauge = taught(
      (i) =>
        Float64Array.from({ length: MOST_METRICS }, (_, metric) =>
          (i * (metric + 1)) % 3 === 0 ? FARTHEST : -FARTHEST,
        ),
      1000,
    );
    const state = numbersOf((to) => gauge.write(to));
    expect(state.every(Number.isFinite)).toBe(true);
    expect(state.byteLength).toBeLessThan(300_000);
  });
});
