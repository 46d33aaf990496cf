import { calibrated } from './calibrate.ts';
import {
  excess,
  type Gauge,
  type Measure,
  type Point,
  type SeriesDetector,
  type Side,
  single,
  unitsOf,
  usable,
} from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';
import { Quantile } from './quantile.ts';

/** Distance beyond the quartiles of the last weeks, in interquartile ranges (Tukey's fences lie 1.5 beyond). */
export function iqr(side: Side): () => SeriesDetector<Point> {
  return () => calibrated(new IqrGauge(side), DOUBT);
}

const YOUNG = 20;
/** Share of a new point: after some 2,000 what was learnt has faded to about a third. */
const PACE = 1 / 2000;
const FENCE = 1.5;

const DOUBT = 3;

class IqrGauge implements Gauge {
  readonly name = 'iqr';
  readonly needed = YOUNG;
  seen = 0;
  private readonly side: Side;
  private readonly lower = new Quantile();
  private readonly upper = new Quantile();
  /** From the quartiles: where more than half of the values are one value, nothing lies between them. */
  private readonly deviation = new Deviation(1 / PACE);
  /** The first values, until there are quartiles. */
  private first: readonly number[] = [];

  constructor(side: Side) {
    this.side = side;
  }

  distance({ value, weight }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const low = this.lower.value;
    const high = this.upper.value;
    const over = excess(usable(value) ?? 0, low, high, this.side);
    const unit = Math.max(high - low, this.deviation.usual);
    return unitsOf(over, unit, Math.max(Math.abs(low), Math.abs(high))) * Math.sqrt(weight);
  }

  expectation({ value }: Point): Measure {
    const low = this.lower.value;
    const high = this.upper.value;
    const spread = Math.max(0, high - low);
    const expected = [low - FENCE * spread, high + FENCE * spread] as const;
    return single(value, { baseline: (low + high) / 2, spread, expected });
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    this.seen += 1;
    if (this.seen <= YOUNG) this.begin(value);
    else {
      const pace = Math.max(PACE, 1 / this.seen);
      this.deviation.learn(excess(value, this.lower.value, this.upper.value, 'both'));
      this.lower.follow(value, 0.75, pace);
      this.upper.follow(value, 0.25, pace);
    }
  }

  write(to: Numbers): void {
    to.add(this.seen);
    this.lower.write(to);
    this.upper.write(to);
    this.deviation.write(to);
    to.addAll(this.first);
  }

  restore(state: Float64Array): void {
    this.seen = state[0] ?? 0;
    this.lower.restore(state.subarray(1, 3));
    this.upper.restore(state.subarray(3, 5));
    this.deviation.restore(state.subarray(5, 7));
    this.first = [...state.subarray(7)];
  }

  private begin(value: number): void {
    this.first = [...this.first, value];
    if (this.seen < YOUNG) return;
    const sorted = this.first.toSorted((a, b) => a - b);
    this.lower.begin(sorted, 0.75);
    this.upper.begin(sorted, 0.25);
    this.first = [];
  }
}
