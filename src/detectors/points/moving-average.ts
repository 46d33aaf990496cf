import { excess, type Gauge, type Measure, type Point, type Side } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import { Recent } from './recent.ts';

/** Spans after which the level before has faded to about a third, and its usual distance. */
const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances of one point that move the level at most. */
const CLIP = 5;
const YOUNG = 20;

/** Distance of the mean of the last `span` points from the level before them, in usual distances: shifts and drifts. */
export class MovingAverage implements Gauge {
  readonly name: string;
  readonly needed: number;
  readonly doubt = 1;
  private readonly desk: Desk;
  private readonly side: Side;
  private readonly span: number;
  /** Share of a new point in the level, once there are many. */
  private readonly share: number;
  private readonly rootOfSpan: number;
  /** Of the points that will have left the span when the next one comes. */
  private readonly level: number;
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
    this.level = desk.place();
    this.deviation = new Deviation(desk, DEVIATION_SPANS * span);
    this.recent = new Recent(desk, span);
  }

  distance({ value }: Point, seen: number): number {
    if (seen < this.needed) return Number.NaN;
    const level = this.desk.doubles[this.level] ?? 0;
    return this.deviation.units(excess(this.recent.meanWith(value), level, level, this.side), level);
  }

  expectation(point: Point): Measure {
    const value = this.recent.meanWith(point.value);
    const level = this.desk.doubles[this.level] ?? 0;
    return { compared: 'mean', value, points: this.span, ...this.deviation.around(level) };
  }

  learn({ value }: Point, seen: number): void {
    const { recent } = this;
    const left = seen + 1 - this.span;
    recent.push(value);
    if (left < 0) return;
    const { doubles } = this.desk;
    const level = doubles[this.level] ?? 0;
    if (left > 0) this.deviation.learn(Math.abs(recent.mean() - level), left);
    doubles[this.level] = left === 0 ? recent.oldest() : this.levelWith(recent.oldest(), level, left);
  }

  /** The level once one more has left the span; `left`: how many had before. */
  private levelWith(value: number, level: number, left: number): number {
    const share = Math.max(this.share, 1 / (left + 1));
    const bound = left < YOUNG ? Number.POSITIVE_INFINITY : CLIP * this.deviation.usual * this.rootOfSpan;
    return level + share * Math.max(-bound, Math.min(bound, value - level));
  }
}
