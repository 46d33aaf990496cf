import { describe, expect, it } from 'vitest';
import { Tail } from '../../../../src/detectors/calibration/tail.ts';
import { gaussian } from '../../../support/series.ts';

const MINUTE = 60_000;
const DAY = 1440;

function taught(points: number, distance: (i: number) => number, intervalMs = MINUTE): Tail {
  const tail = new Tail();
  for (let i = 0; i < points; i += 1) tail.learnAt(distance(i), i * intervalMs);
  return tail;
}

const absolute = (seed: number) => {
  const noise = gaussian(seed);
  return () => Math.abs(noise());
};

describe('how often a distance is to be expected', () => {
  it('is unknown before 20 distances', () => {
    expect(taught(19, absolute(1)).timesADay(9)).toBe(Number.POSITIVE_INFINITY);
    expect(taught(20, absolute(1)).timesADay(9)).toBeLessThan(1000);
  });

  it('falls with the distance, and no distance is ordinary', () => {
    const tail = taught(3 * DAY, absolute(2));
    const times = [0, 2, 3, 4, 6, 20].map((distance) => tail.timesADay(distance));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(tail.timesADay(0)).toBe(2000);
  });

  it('tells what is ordinary apart, by how near it is to the tail', () => {
    const tail = taught(3 * DAY, absolute(2));
    const ordinary = [0, 0.2, 0.4, 0.8].map((distance) => tail.timesADay(distance));
    expect(new Set(ordinary).size).toBe(4);
    for (const times of ordinary) expect(times).toBeGreaterThanOrEqual(1000);
  });

  it.each([10_000, MINUTE, 300_000])('is about right for normal numbers every %d ms', (intervalMs) => {
    const tail = taught(Math.round((10 * 86_400_000) / intervalMs), absolute(3), intervalMs);
    // One point in 15,787 is beyond four deviations.
    const expected = 86_400_000 / intervalMs / 15_787;
    expect(tail.timesADay(4)).toBeGreaterThan(expected / 4);
    expect(tail.timesADay(4)).toBeLessThan(expected * 6 + 0.05);
  });

  it('is larger in a series that has had large ones', () => {
    const calm = absolute(4);
    const wild = absolute(4);
    const never = taught(5 * DAY, calm).timesADay(30);
    const seen = taught(5 * DAY, (i) => wild() * (i % 150 === 0 ? 12 : 1)).timesADay(30);
    expect(seen).toBeGreaterThan(100 * never);
  });

  it('counts what stays high as one', () => {
    const noise = absolute(5);
    const apart = taught(4 * DAY, (i) => noise() + (i % 300 < 1 ? 10 : 0));
    const together = taught(4 * DAY, (i) => noise() + (i % 6000 < 20 ? 10 : 0));
    expect(together.timesADay(10)).toBeLessThan(apart.timesADay(10) / 3);
  });

  it('takes back what it promised too often', () => {
    // Twice as high each time: always beyond what the tail knows.
    const noise = absolute(6);
    const tail = new Tail();
    let height = 8;
    const promised: number[] = [];
    for (let i = 0; i < 20 * DAY; i += 1) {
      const isPeak = i % 700 === 699;
      if (isPeak) height *= 2;
      const distance = isPeak ? height : noise();
      if (isPeak) promised.push(tail.timesADay(distance));
      tail.learnAt(distance, i * MINUTE);
    }
    const least = (part: readonly number[]) => Math.min(...part);
    expect(least(promised.slice(-10))).toBeGreaterThan(5 * least(promised.slice(0, 10)));
  });
});
