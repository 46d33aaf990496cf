import { excess, type Gauge, type Measure, type Point, type Side } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import type { GaugeMaker } from './panel.ts';
import { Recent } from './recent.ts';

/** Distance of the mean of the last `span` points from the level before them, in usual distances: shifts and drifts. */
export function movingAverage(side: Side, span: number): GaugeMaker {
  return { make: (desk) => new MovingAverageGauge(desk, side, span), doubt: 1 };
}

/** Spans after which the level before has faded to about a third, and its usual distance. */
const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances of one point that move the level at most. */
const CLIP = 5;
const YOUNG = 20;

/** Its cells: points, and the level of those that left the span. */
const SEEN = 0;
const LEVEL = 1;

class MovingAverageGauge implements Gauge {
  readonly name: string;
  readonly needed: number;
  private readonly desk: Desk;
  private readonly side: Side;
  private readonly span: number;
  /** Share of a new point in the level, once there are many. */
  private readonly share: number;
  private readonly rootOfSpan: number;
  private readonly at: number;
  private readonly deviation: Deviation;
  private readonly recent: Recent;

  constructor(desk: Desk, side: Side, span: number) {
    this.name = `moving-average-${span}`;
    this.needed = 3 * span + YOUNG;
    this.desk = desk;
    this.side = side;
    this.span = span;
    this.share = 1 / (LEVEL_SPANS * span);
    this.rootOfSpan = Math.sqrt(span);
    this.at = desk.place(0, 0);
    this.deviation = new Deviation(desk, DEVIATION_SPANS * span);
    this.recent = new Recent(desk, span);
  }

  get seen(): number {
    return this.desk.doubles[this.at + SEEN] ?? 0;
  }

  distance({ value }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const level = this.levelAfter();
    return this.deviation.units(
      excess(this.recent.meanWith(value, this.desk), level, level, this.side),
      level,
    );
  }

  expectation(point: Point): Measure {
    const value = this.recent.meanWith(point.value, this.desk);
    return { compared: 'mean', value, points: this.span, ...this.deviation.around(this.levelAfter()) };
  }

  learn({ value }: Point): void {
    const { at, recent } = this;
    const { doubles } = this.desk;
    const seen = this.seen + 1;
    if (seen > this.span) doubles[at + LEVEL] = this.levelAfter();
    doubles[at + SEEN] = seen;
    recent.push(value, this.desk);
    const levelled = seen - this.span;
    if (levelled > 0) this.deviation.learn(Math.abs(recent.mean(this.desk) - this.level), levelled);
  }

  private get level(): number {
    return this.desk.doubles[this.at + LEVEL] ?? 0;
  }

  /** The level once the oldest point of the span has left it. */
  private levelAfter(): number {
    const oldest = this.recent.oldest(this.desk);
    const levelled = this.seen - this.span;
    if (levelled <= 0) return oldest;
    const share = Math.max(this.share, 1 / (levelled + 1));
    const young = levelled < YOUNG;
    const bound = young ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual * this.rootOfSpan;
    return this.level + share * Math.max(-bound, Math.min(bound, oldest - this.level));
  }
}
