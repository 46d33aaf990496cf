import { z } from 'zod';
import { excess, type Gauge, type Measure, type Point, type Side, single } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import type { GaugeMaker } from './panel.ts';

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
export function zScore(side: Side, options: ZScoreOptions = zScoreOptions.parse({})): GaugeMaker {
  return { make: (desk) => new ZScoreGauge(desk, side, options.level), doubt: 1 };
}

/** Points after which half of the usual distance is forgotten, about. */
const MEMORY = 100;
/** Usual distances that one point moves the level at most. */
const CLIP = 8;

/** Its cells. */
const SEEN = 0;
const LEVEL = 1;

class ZScoreGauge implements Gauge {
  readonly name = 'z-score';
  readonly needed = 10;
  private readonly desk: Desk;
  private readonly side: Side;
  private readonly share: number;
  private readonly at: number;
  private readonly deviation: Deviation;

  constructor(desk: Desk, side: Side, share: number) {
    this.desk = desk;
    this.side = side;
    this.share = share;
    this.at = desk.place(0, 0);
    this.deviation = new Deviation(desk, MEMORY);
  }

  get seen(): number {
    return this.desk.doubles[this.at + SEEN] ?? 0;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const { level } = this;
    return this.deviation.units(excess(value, level, level, this.side), level) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    return { ...single(value, this.deviation.around(this.level)), compared: 'change' };
  }

  learn({ value }: Point): void {
    const { at, level } = this;
    const { doubles } = this.desk;
    const seen = this.seen + 1;
    doubles[at + SEEN] = seen;
    if (seen === 1) {
      doubles[at + LEVEL] = value;
      return;
    }
    const error = value - level;
    const bound = seen <= this.needed ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual;
    doubles[at + LEVEL] = level + Math.max(this.share, 1 / seen) * Math.max(-bound, Math.min(bound, error));
    this.deviation.learn(Math.abs(error), seen - 1);
  }

  private get level(): number {
    return this.desk.doubles[this.at + LEVEL] ?? 0;
  }
}
