import { beginQuantile, followQuantile, QUANTILE, quantileOf } from '../calibration/quantile.ts';
import { excess, type Gauge, type Measure, type Point, type Side, single, unitsOf } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import type { GaugeMaker } from './panel.ts';

/** Distance beyond the quartiles of the last weeks, in interquartile ranges (Tukey's fences lie 1.5 beyond). */
export function iqr(side: Side): GaugeMaker {
  return { make: (desk) => new IqrGauge(desk, side), doubt: DOUBT };
}

const YOUNG = 20;
/** Share of a new point: after some 2,000 what was learnt has faded to about a third. */
const PACE = 1 / 2000;
const FENCE = 1.5;

const DOUBT = 3;

class IqrGauge implements Gauge {
  readonly name = 'iqr';
  readonly needed = YOUNG;
  private readonly desk: Desk;
  private readonly side: Side;
  /** Where is written how many points there were. */
  private readonly at: number;
  private readonly lower: number;
  private readonly upper: number;
  /** From the quartiles: where more than half of the values are one value, nothing lies between them. */
  private readonly deviation: Deviation;
  /** The first values, until there are quartiles. */
  private readonly first: number;

  constructor(desk: Desk, side: Side) {
    this.desk = desk;
    this.side = side;
    this.at = desk.place(0);
    this.lower = desk.place(...QUANTILE);
    this.upper = desk.place(...QUANTILE);
    this.deviation = new Deviation(desk, 1 / PACE);
    this.first = desk.place(...new Float64Array(YOUNG));
  }

  get seen(): number {
    return this.desk.doubles[this.at] ?? 0;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const { low, high } = this;
    const over = excess(value, low, high, this.side);
    const unit = Math.max(high - low, this.deviation.usual);
    return unitsOf(over, unit, Math.max(Math.abs(low), Math.abs(high))) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    const { low, high } = this;
    const spread = Math.max(0, high - low);
    const expected = [low - FENCE * spread, high + FENCE * spread] as const;
    return single(value, { baseline: (low + high) / 2, spread, expected });
  }

  learn({ value }: Point): void {
    const { doubles } = this.desk;
    const seen = this.seen + 1;
    doubles[this.at] = seen;
    if (seen <= YOUNG) this.begin(value, seen);
    else {
      const pace = Math.max(PACE, 1 / seen);
      this.deviation.learn(excess(value, this.low, this.high, 'both'), seen - YOUNG);
      followQuantile(doubles, this.lower, value, { share: 0.75, pace });
      followQuantile(doubles, this.upper, value, { share: 0.25, pace });
    }
  }

  private get low(): number {
    return quantileOf(this.desk.doubles, this.lower);
  }

  private get high(): number {
    return quantileOf(this.desk.doubles, this.upper);
  }

  private begin(value: number, seen: number): void {
    const { doubles } = this.desk;
    doubles[this.first + seen - 1] = value;
    if (seen < YOUNG) return;
    const sorted = doubles.slice(this.first, this.first + YOUNG).sort();
    beginQuantile(doubles, this.lower, sorted, 0.75);
    beginQuantile(doubles, this.upper, sorted, 0.25);
    doubles.fill(0, this.first, this.first + YOUNG);
  }
}
