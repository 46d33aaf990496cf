import type { Range } from './detection.ts';

/** How bad it has been so far. */
export interface Extent {
  /** The value farthest from what is usual; null for what has no size, such as an exception. */
  readonly worst: number | null;
  /** Null for a count: there is only more of it. */
  readonly expectedRange: Range | null;
}

/** So much farther out is clearly worse, and so many times the count. */
const FARTHER = 1.5;
const TIMES = 2;

/**
 * Is `value` clearly worse than all so far? Beyond the worst by half its distance from the usual range; of a count, twice as many.
 * What has no size is never worse than itself. A worst inside the range (it was strange in another way) counts as half the range out.
 */
export function isClearlyWorse(value: number | null, { worst, expectedRange }: Extent): boolean {
  if (value === null || worst === null) return false;
  if (expectedRange === null) return value >= TIMES * worst;
  const [low, high] = expectedRange;
  const out = outside(worst, expectedRange);
  return outside(value, expectedRange) > FARTHER * (out > 0 ? out : (high - low) / 2);
}

/** The worse of the two. */
export function worseOf(value: number | null, known: Extent): number | null {
  const { worst, expectedRange } = known;
  if (value === null || worst === null) return worst ?? value;
  if (expectedRange === null) return Math.max(value, worst);
  return outside(value, expectedRange) > outside(worst, expectedRange) ? value : worst;
}

function outside(value: number, [low, high]: Range): number {
  return Math.max(0, value - high, low - value);
}
