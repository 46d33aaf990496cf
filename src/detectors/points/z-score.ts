import { excess, type Gauge, type Measure, type Point, type Side, single } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';

/** Share of a new point in the level it is compared with. */
const SHARE = 0.9;
/** Points after which half of the usual distance is forgotten, about. */
const MEMORY = 100;
/** Usual distances that one point moves the level at most. */
const CLIP = 8;

/** Distance of a point from the level just before it, in usual distances of this series: spikes and steps. */
export class ZScore implements Gauge {
  readonly name = 'z-score';
  readonly needed = 10;
  readonly doubt = 1;
  private readonly desk: Desk;
  private readonly side: Side;
  private readonly level: number;
  private readonly deviation: Deviation;

  constructor(desk: Desk, side: Side) {
    this.desk = desk;
    this.side = side;
    this.level = desk.place();
    this.deviation = new Deviation(desk, MEMORY);
  }

  distance({ value, weight }: Point, seen: number): number {
    if (seen < this.needed) return Number.NaN;
    const level = this.desk.doubles[this.level] ?? 0;
    return this.deviation.units(excess(value, level, level, this.side), level) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    const level = this.desk.doubles[this.level] ?? 0;
    return { ...single(value, this.deviation.around(level)), compared: 'change' };
  }

  learn({ value }: Point, seen: number): void {
    const { doubles } = this.desk;
    if (seen === 0) {
      doubles[this.level] = value;
      return;
    }
    const level = doubles[this.level] ?? 0;
    const error = value - level;
    const bound = seen < this.needed ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual;
    doubles[this.level] = level + Math.max(SHARE, 1 / (seen + 1)) * Math.max(-bound, Math.min(bound, error));
    this.deviation.learn(Math.abs(error), seen);
  }
}
