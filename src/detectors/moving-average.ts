import { z } from 'zod';
import { calibrated } from './calibrate.ts';
import {
  distance,
  excess,
  type Gauge,
  type Measure,
  type Point,
  type SeriesDetector,
  type Side,
  usable,
} from './detector.ts';
import type { Numbers } from './numbers.ts';

export const movingAverageOptions = z.object({
  level: z.number().gt(0).lt(1).default(0.2).describe('Share of a new point in the level.'),
  trend: z.number().min(0).lt(1).default(0.02).describe('Share of a new step in the trend.'),
  warmUp: z.number().int().min(5).default(20).describe('Points before it speaks.'),
  clip: z
    .number()
    .positive()
    .default(2)
    .describe('Deviations beyond which a point moves the level no further.'),
});
export type MovingAverageOptions = z.infer<typeof movingAverageOptions>;

/**
 * Distance from an exponentially smoothed level with damped trend (Holt), in usual one-step errors. Errors are clipped before
 * they move the level (Gelper, Fried and Croux 2010), so an outage does not become the expectation at once.
 */
export function movingAverage(
  side: Side,
  options: MovingAverageOptions = movingAverageOptions.parse({}),
): () => SeriesDetector<Point> {
  return () => calibrated(new MovingAverageGauge(side, options));
}

class MovingAverageGauge implements Gauge {
  private readonly side: Side;
  private readonly options: MovingAverageOptions;
  readonly name = 'moving-average';
  readonly sturdy = true;
  seen = 0;
  private level = 0;
  private trend = 0;
  /** Usual absolute one-step error. */
  private error = 0;

  constructor(side: Side, options: MovingAverageOptions) {
    this.side = side;
    this.options = options;
  }

  get needed(): number {
    return this.options.warmUp;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.options.warmUp) return Number.NaN;
    const baseline = this.level + this.trend;
    return distance(excess(usable(value) ?? 0, baseline, baseline, this.side), this.spread(), weight);
  }

  expectation(): Measure {
    const baseline = this.level + this.trend;
    const spread = this.spread();
    return { baseline, spread, expected: [baseline - 3 * spread, baseline + 3 * spread] };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    this.seen += 1;
    if (this.seen === 1) {
      this.level = value;
      return;
    }
    const { level, trend, warmUp, clip } = this.options;
    const expected = this.level + this.trend;
    const error = value - expected;
    // While young, it averages evenly instead of trusting its first points.
    const share = Math.max(level, 1 / this.seen);
    const bound = this.seen <= warmUp ? Number.POSITIVE_INFINITY : clip * this.spread();
    const clipped = Math.max(-bound, Math.min(bound, error));
    this.level = expected + share * clipped;
    this.trend = DAMPING * this.trend + trend * clipped;
    this.error += Math.max(0.05, 1 / this.seen) * (Math.min(Math.abs(error), 2 * bound) - this.error);
  }

  write(to: Numbers): void {
    to.add(this.seen);
    to.add(this.level);
    to.add(this.trend);
    to.add(this.error);
  }

  restore([seen = 0, level = 0, trend = 0, error = 0]: Float64Array): void {
    this.seen = seen;
    this.level = level;
    this.trend = trend;
    this.error = error;
  }

  /** Mean absolute error as a standard deviation (1.25 for a normal one), with the same floor as the other detectors. */
  private spread(): number {
    return Math.max(1.2533 * this.error, 0.05 * Math.abs(this.level));
  }
}

const DAMPING = 0.9;
