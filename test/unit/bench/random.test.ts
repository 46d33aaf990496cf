import { describe, expect, it } from 'vitest';
import {
  gamma,
  integerBetween,
  lognormal,
  negativeBinomial,
  normal,
  pick,
  poisson,
  type Random,
  seeded,
  studentT,
} from '../../../bench/detection/random.ts';

const DRAWS = 100_000;

function moments(draw: (random: Random) => number) {
  const random = seeded(1, 2);
  const drawn = Array.from({ length: DRAWS }, () => draw(random));
  const mean = drawn.reduce((sum, one) => sum + one, 0) / DRAWS;
  const variance = drawn.reduce((sum, one) => sum + (one - mean) ** 2, 0) / DRAWS;
  return { mean, variance };
}

describe('seeded random numbers', () => {
  it('are the same for the same seeds, and others for others', () => {
    const ten = (...seeds: readonly number[]) => Array.from({ length: 10 }, seeded(...seeds));
    expect(ten(1, 2)).toEqual(ten(1, 2));
    expect(new Set([ten(1, 2), ten(2, 1), ten(1), ten(3, 2)].flat()).size).toBe(40);
  });

  it.each<readonly [string, (random: Random) => number, number, number]>([
    ['uniform', (random) => random(), 0.5, 1 / 12],
    ['normal', normal, 0, 1],
    ['lognormal', (random) => lognormal(random, 1, 0.5), Math.exp(1.125), 2.689],
    ['gamma of small shape', (random) => gamma(random, 0.3), 0.3, 0.3],
    ['gamma', (random) => gamma(random, 7), 7, 7],
    ['Student t of 8', (random) => studentT(random, 8), 0, 8 / 6],
    ['Poisson of small mean', (random) => poisson(random, 0.7), 0.7, 0.7],
    ['Poisson just above the switch', (random) => poisson(random, 10), 10, 10],
    ['Poisson', (random) => poisson(random, 400), 400, 400],
    ['negative binomial', (random) => negativeBinomial(random, 4, 12), 4, 12],
    ['integers', (random) => integerBetween(random, 1, 6), 3.5, 35 / 12],
    ['picks', (random) => pick(random, [1, 2, 3]), 2, 2 / 3],
  ])('%s have the mean and variance they should', (_, draw, mean, variance) => {
    const found = moments(draw);
    expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
    expect(found.variance / variance).toBeGreaterThan(0.93);
    expect(found.variance / variance).toBeLessThan(1.07);
  });

  it('counts are whole numbers, and never where the mean is nothing', () => {
    const random = seeded(5);
    const counts = Array.from({ length: 1000 }, () => negativeBinomial(random, 30, 90));
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    expect(negativeBinomial(random, 0, 0)).toBe(0);
  });
});
