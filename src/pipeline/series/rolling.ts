import type { Numbers } from '../../detectors/memory/numbers.ts';

/** The hour of a series that is still open; `count` 0 before its first value. */
export interface Rolling {
  /** Begin of the hour in event time, epoch ms. */
  hour: number;
  count: number;
  sum: number;
  min: number;
  max: number;
}

export function emptyRolling(): Rolling {
  return { hour: 0, count: 0, sum: 0, min: 0, max: 0 };
}

/** How many numbers `writeRolling` adds. */
export const ROLLING_WIDTH = 5;

export function writeRolling({ hour, count, sum, min, max }: Rolling, to: Numbers): void {
  for (const number of [hour, count, sum, min, max]) to.add(number);
}

export function restoreRolling(rolling: Rolling, state: Float64Array): void {
  [rolling.hour = 0, rolling.count = 0, rolling.sum = 0, rolling.min = 0, rolling.max = 0] = state;
}
