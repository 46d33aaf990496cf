import { z } from 'zod';
import { calibrated } from './calibrate.ts';
import {
  excess,
  type Gauge,
  type Measure,
  type Point,
  type SeriesDetector,
  type Side,
  single,
  usable,
} from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';

export const zScoreOptions = z.object({
  level: z
    .number()
    .gt(0)
    .lte(1)
    .default(0.9)
    .describe('Share of a new point in the level it is compared with.'),
});
export type ZScoreOptions = z.infer<typeof zScoreOptions>;

/** Distance of a point from the level just before it, in usual distances of this series: spikes and steps. */
export function zScore(
  side: Side,
  options: ZScoreOptions = zScoreOptions.parse({}),
): () => SeriesDetector<Point> {
  return () => calibrated(new ZScoreGauge(side, options.level));
}

/** Points after which half of the usual distance is forgotten, about. */
const MEMORY = 100;
/** Usual distances that one point moves the level at most. */
const CLIP = 8;

class ZScoreGauge implements Gauge {
  readonly name = 'z-score';
  readonly needed = 10;
  seen = 0;
  private readonly side: Side;
  private readonly share: number;
  private level = 0;
  private readonly deviation = new Deviation(MEMORY);

  constructor(side: Side, share: number) {
    this.side = side;
    this.share = share;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const over = excess(usable(value) ?? 0, this.level, this.level, this.side);
    return this.deviation.units(over, this.level) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    return { ...single(value, this.deviation.around(this.level)), compared: 'change' };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    this.seen += 1;
    if (this.seen === 1) {
      this.level = value;
      return;
    }
    const error = value - this.level;
    const bound = this.seen <= this.needed ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual;
    this.level += Math.max(this.share, 1 / this.seen) * Math.max(-bound, Math.min(bound, error));
    this.deviation.learn(Math.abs(error));
  }

  write(to: Numbers): void {
    to.add(this.seen);
    to.add(this.level);
    this.deviation.write(to);
  }

  restore(state: Float64Array): void {
    this.seen = state[0] ?? 0;
    this.level = state[1] ?? 0;
    this.deviation.restore(state.subarray(2));
  }
}
