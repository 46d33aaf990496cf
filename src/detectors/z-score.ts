import { z } from 'zod';
import { calibrated } from './calibrate.ts';
import { distance, excess, type Measure, type Point, type SeriesDetector, type Side } from './detector.ts';
import type { SortedWindow } from './window.ts';
import { WindowGauge, type WindowMeasure } from './window-gauge.ts';

export const zScoreOptions = z.object({
  window: z.number().int().min(20).max(2000).default(120).describe('Points that the median is taken over.'),
  warmUp: z.number().int().min(5).default(20).describe('Points before it speaks.'),
});
export type ZScoreOptions = z.infer<typeof zScoreOptions>;

/** Distance from the median in robust standard deviations (median and MAD; Iglewicz and Hoaglin 1993). */
export function zScore(
  side: Side,
  options: ZScoreOptions = zScoreOptions.parse({}),
): () => SeriesDetector<Point> {
  const way: WindowMeasure = {
    name: 'z-score',
    ...options,
    distance(window, value, weight) {
      const median = window.quantile(0.5);
      const over = excess(value, median, median, side);
      return over === 0 ? 0 : distance(over, spreadAround(window, median), weight);
    },
    expectation,
  };
  return () => calibrated(new WindowGauge(way));
}

/** The median and three deviations around it. */
function expectation(window: SortedWindow): Measure {
  const median = window.quantile(0.5);
  const spread = spreadAround(window, median);
  return { baseline: median, spread, expected: [median - 3 * spread, median + 3 * spread] };
}

/** One twentieth of the level: below that, a change of a steady series is not worth a word. */
const LEVEL_SHARE = 0.05;

/** Robust deviation with a floor, so that a constant series does not make every change infinitely strange. */
function spreadAround(window: SortedWindow, median: number): number {
  const mad = medianDeviation(window, median) * 1.4826;
  const spread = mad > 0 ? mad : meanDeviation(window, median) * 1.2533;
  return Math.max(spread, LEVEL_SHARE * Math.abs(median));
}

/**
 * Median of |x - median|: the deviations form two sorted runs, below and above; a binary search finds how many of the
 * smaller half come from below.
 */
function medianDeviation(window: SortedWindow, median: number): number {
  const { size } = window;
  if (size === 0) return 0;
  const below = size - window.countAtLeast(median);
  const wanted = (size >>> 1) + 1;
  let low = Math.max(0, wanted - (size - below));
  let high = Math.min(wanted, below);
  while (low < high) {
    const taken = (low + high) >>> 1;
    // One more from below as long as it is nearer than the last one from above.
    if (median - window.at(below - 1 - taken) < window.at(below + wanted - taken - 1) - median)
      low = taken + 1;
    else high = taken;
  }
  const fromBelow = low === 0 ? 0 : median - window.at(below - low);
  const fromAbove = wanted === low ? 0 : window.at(below + wanted - low - 1) - median;
  return Math.max(fromBelow, fromAbove);
}

function meanDeviation(window: SortedWindow, median: number): number {
  let sum = 0;
  for (let i = 0; i < window.size; i += 1) sum += Math.abs(window.at(i) - median);
  return window.size === 0 ? 0 : sum / window.size;
}
