import { z } from 'zod';
import { calibrated } from './calibrate.ts';
import { distance, excess, type Measure, type Point, type SeriesDetector, type Side } from './detector.ts';
import type { SortedWindow } from './window.ts';
import { WindowGauge, type WindowMeasure } from './window-gauge.ts';

export const iqrOptions = z.object({
  window: z
    .number()
    .int()
    .min(20)
    .max(2000)
    .default(240)
    .describe('Points that the quartiles are taken over.'),
  warmUp: z.number().int().min(5).default(20).describe('Points before it speaks.'),
  fence: z
    .number()
    .positive()
    .default(1.5)
    .describe('Interquartile ranges beyond a quartile that are ordinary.'),
});
export type IqrOptions = z.infer<typeof iqrOptions>;

/** Distance beyond Tukey's fences (quartiles and 1.5 interquartile ranges), in interquartile ranges. */
export function iqr(side: Side, options: IqrOptions = iqrOptions.parse({})): () => SeriesDetector<Point> {
  const way: WindowMeasure = {
    name: 'iqr',
    ...options,
    distance(window, value, weight) {
      const low = window.quantile(0.25);
      const high = window.quantile(0.75);
      // From the quartiles, not from the fences: ordinary points get ordinary scores to calibrate on.
      const over = excess(value, low, high, side);
      return over === 0 ? 0 : distance(over, rangeOf(window, low, high, window.quantile(0.5)), weight);
    },
    expectation: (window) => expectation(window, options.fence),
  };
  return () => calibrated(new WindowGauge(way));
}

function expectation(window: SortedWindow, fence: number): Measure {
  const low = window.quantile(0.25);
  const high = window.quantile(0.75);
  const median = window.quantile(0.5);
  const range = rangeOf(window, low, high, median);
  return { baseline: median, spread: range, expected: [low - fence * range, high + fence * range] };
}

/** The range between the quartiles; where half of the values are one value, that of nearly all. */
function rangeOf(window: SortedWindow, low: number, high: number, median: number): number {
  const range = high > low ? high - low : window.quantile(0.95) - window.quantile(0.05);
  return Math.max(range, 0.05 * Math.abs(median));
}
