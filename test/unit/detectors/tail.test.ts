import { describe, expect, it } from 'vitest';
import { TailModel } from '../../../src/detectors/tail.ts';
import { gaussian } from '../../support/series.ts';

describe('the tail of a series', () => {
  it('gives a score the share of past scores that were as large', () => {
    const tail = new TailModel();
    for (let i = 0; i < 200; i += 1) tail.learn(i % 100);
    expect(tail.probability(50)).toBeCloseTo(0.5, 1);
    expect(tail.probability(0)).toBeCloseTo(1, 1);
  });

  it('goes on beyond the largest score, the rarer the farther', () => {
    const tail = new TailModel();
    const noise = gaussian(4);
    for (let i = 0; i < 200; i += 1) tail.learn(Math.abs(noise()));
    const far = [2, 3, 5, 20].map((score) => tail.probability(score));
    expect(far).toEqual(far.toSorted((a, b) => b - a));
    expect(far[1]).toBeGreaterThan(1e-4);
    expect(far[1]).toBeLessThan(0.03);
    expect(far[3]).toBeLessThan(1e-5);
  });

  it('finds large scores less rare in a series that has had some', () => {
    const calm = new TailModel();
    const wild = new TailModel();
    const noise = gaussian(5);
    for (let i = 0; i < 200; i += 1) {
      calm.learn(Math.abs(noise()));
      wild.learn(Math.abs(noise()) * (i % 15 === 0 ? 12 : 1));
    }
    expect(wild.probability(30)).toBeGreaterThan(100 * calm.probability(30));
  });
});
