import { describe, expect, it } from 'vitest';
import { ObservedTime } from '../../../../src/detectors/calibration/observed-time.ts';
import { Refractory } from '../../../../src/detectors/calibration/refractory.ts';
import { Desk } from '../../../../src/detectors/memory/desk.ts';

const MINUTE = 60_000;
/** Confidences told, a minute apart. */
function told(confidences: readonly number[], every = MINUTE): readonly number[] {
  const desk = new Desk();
  const clock = new ObservedTime(desk);
  const refractory = new Refractory(desk, clock);
  return confidences.map((confidence, i) => {
    clock.pass(i * every);
    return refractory.tell(confidence, i * every);
  });
}

const quiet = (n: number) => Array.from({ length: n }, () => 0.1);

describe('one alarm an episode', () => {
  it('tells the first, and what follows as less', () => {
    expect(told([0.1, 0.999, 0.999, 0.998, 0.2])).toEqual([0.1, 0.999, 0.9, 0.9, 0.2]);
  });

  it('tells what is clearly stronger, and sooner or later twice is enough', () => {
    expect(told([0.1, 0.998, 0.9995])[2]).toBe(0.9);
    expect(told([0.1, 0.998, 0.9999])[2]).toBe(0.9999);
    expect(told([0.1, 0.998, ...quiet(18), 0.9992]).at(-1)).toBe(0.9992);
  });

  it('does not tell again what was certain already', () => {
    expect(told([0.1, 1 - 1e-6, 1 - 1e-12, 1])).toEqual([0.1, 1 - 1e-6, 0.9, 0.9]);
  });

  it('begins anew after a quiet period, which lasts twenty usual gaps or a quarter of an hour', () => {
    expect(told([0.1, 0.999, ...quiet(19), 0.998]).at(-1)).toBe(0.9);
    expect(told([0.1, 0.999, ...quiet(25), 0.998]).at(-1)).toBe(0.998);
    expect(told([0.1, 0.999, ...quiet(25), 0.998], 1000).at(-1)).toBe(0.9);
  });

  it('is told alike when it is asked at a lower bar', () => {
    expect(told([0.1, 0.96, 0.96, 0.2])).toEqual([0.1, 0.96, 0.9, 0.2]);
  });
});
