import { Quantiles } from '../calibration/quantile.ts';
import { excess, type Gauge, type Measure, type Point, type Side, single, unitsOf } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';

const YOUNG = 20;
/** Share of a new point: after some 2,000 what was learnt has faded to about a third. */
const PACE = 1 / 2000;
const FENCE = 1.5;

/** Which quartile it is, and the share of all values above it. */
const LOWER = 0;
const ABOVE_LOWER = 0.75;
const UPPER = 1;
const ABOVE_UPPER = 0.25;

/** Distance beyond the quartiles of the last weeks, in interquartile ranges (Tukey's fences lie 1.5 beyond). */
export class Iqr implements Gauge {
  readonly name = 'iqr';
  readonly needed = YOUNG;
  readonly doubt = 3;
  private readonly desk: Desk;
  private readonly side: Side;
  private readonly quartiles: Quantiles;
  /** From the quartiles: where more than half of the values are one value, nothing lies between them. */
  private readonly deviation: Deviation;
  /** The first values, until there are quartiles. */
  private readonly first: number;

  constructor(desk: Desk, side: Side) {
    this.desk = desk;
    this.side = side;
    this.quartiles = new Quantiles(desk, 2, true);
    this.deviation = new Deviation(desk, 1 / PACE);
    this.first = desk.place(YOUNG);
  }

  distance({ value, weight }: Point, seen: number): number {
    if (seen < this.needed) return Number.NaN;
    const low = this.quartiles.value(LOWER);
    const high = this.quartiles.value(UPPER);
    const over = excess(value, low, high, this.side);
    const unit = Math.max(high - low, this.deviation.usual);
    return unitsOf(over, unit, Math.max(Math.abs(low), Math.abs(high))) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    const low = this.quartiles.value(LOWER);
    const high = this.quartiles.value(UPPER);
    const spread = Math.max(0, high - low);
    const expected = [low - FENCE * spread, high + FENCE * spread] as const;
    return single(value, { baseline: (low + high) / 2, spread, expected });
  }

  learn({ value }: Point, seen: number): void {
    const { quartiles } = this;
    if (seen < YOUNG) {
      this.begin(value, seen);
      return;
    }
    const count = seen + 1;
    const over = excess(value, quartiles.value(LOWER), quartiles.value(UPPER), 'both');
    this.deviation.learn(over, count - YOUNG);
    const pace = Math.max(PACE, 1 / count);
    quartiles.follow(LOWER, value, ABOVE_LOWER, pace);
    quartiles.follow(UPPER, value, ABOVE_UPPER, pace);
  }

  private begin(value: number, seen: number): void {
    const { doubles } = this.desk;
    doubles[this.first + seen] = value;
    if (seen + 1 < YOUNG) return;
    const sorted = doubles.slice(this.first, this.first + YOUNG).sort();
    this.quartiles.begin(LOWER, sorted, ABOVE_LOWER);
    this.quartiles.begin(UPPER, sorted, ABOVE_UPPER);
    doubles.fill(0, this.first, this.first + YOUNG);
  }
}
