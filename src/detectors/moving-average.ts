import { calibrated } from './calibrate.ts';
import {
  excess,
  type Gauge,
  type Measure,
  type Point,
  type SeriesDetector,
  type Side,
  usable,
} from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';
import { Recent } from './recent.ts';

/** Distance of the mean of the last `span` points from the level before them, in usual distances: shifts and drifts. */
export function movingAverage(side: Side, span: number): () => SeriesDetector<Point> {
  return () => calibrated(new MovingAverageGauge(side, span));
}

/** Spans after which the level before has faded to about a third, and its usual distance. */
const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances of one point that move the level at most. */
const CLIP = 5;
const YOUNG = 20;

class MovingAverageGauge implements Gauge {
  readonly name: string;
  readonly needed: number;
  seen = 0;
  private readonly side: Side;
  private readonly span: number;
  private readonly recent: Recent;
  /** Of the points that left the span. */
  private level = 0;
  private levelled = 0;
  private readonly deviation: Deviation;

  constructor(side: Side, span: number) {
    this.name = `moving-average-${span}`;
    this.side = side;
    this.span = span;
    this.needed = 3 * span + YOUNG;
    this.recent = new Recent(span);
    this.deviation = new Deviation(DEVIATION_SPANS * span);
  }

  distance(point: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const level = this.levelAfter();
    const over = excess(this.recent.meanWith(usable(point.value) ?? 0), level, level, this.side);
    return this.deviation.units(over, level);
  }

  expectation(point: Point): Measure {
    const value = this.recent.meanWith(usable(point.value) ?? 0);
    return { compared: 'mean', value, points: this.span, ...this.deviation.around(this.levelAfter()) };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    this.seen += 1;
    if (this.recent.isFull) {
      this.level = this.levelAfter();
      this.levelled += 1;
    }
    this.recent.push(value);
    if (this.levelled > 0) this.deviation.learn(Math.abs(this.recent.mean - this.level));
  }

  write(to: Numbers): void {
    to.add(this.seen);
    to.add(this.level);
    to.add(this.levelled);
    this.deviation.write(to);
    this.recent.write(to);
  }

  restore(state: Float64Array): void {
    const [seen = 0, level = 0, levelled = 0] = state;
    this.seen = seen;
    this.level = level;
    this.levelled = levelled;
    this.deviation.restore(state.subarray(3, 5));
    this.recent.restore(state.subarray(5));
  }

  /** The level once the oldest point of the span has left it. */
  private levelAfter(): number {
    if (this.levelled === 0) return this.recent.oldest;
    const share = Math.max(1 / (LEVEL_SPANS * this.span), 1 / (this.levelled + 1));
    const young = this.levelled < YOUNG;
    const bound = young ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual * Math.sqrt(this.span);
    const step = this.recent.oldest - this.level;
    return this.level + share * Math.max(-bound, Math.min(bound, step));
  }
}
