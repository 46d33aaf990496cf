import { type Gauge, type Measure, type Point, unitsOf } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import { Recent } from './recent.ts';

const SPAN = 72;
const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances that move the level at most. */
const CLIP = 3;
const YOUNG = 20;
/** Least usual distance of the logarithm: steps that are one and a tenth times as large are nothing. */
const LEAST = 0.05;

/** Steps are held in single precision. */
const MOST = 3e38;

/** Change in the size of the steps from point to point, over the last `span` of them, on a logarithmic scale. */
export class Spread implements Gauge {
  readonly name = 'spread';
  readonly needed: number;
  readonly doubt = 2;
  private readonly desk: Desk;
  private readonly span: number;
  /** Share of a new one in the usual step and in the level, once there are many. */
  private readonly share: number;
  private readonly previous: number;
  private readonly usualStep: number;
  /** The usual logarithm of the mean step of the span, in usual steps. */
  private readonly level: number;
  private readonly deviation: Deviation;
  private readonly steps: Recent;

  constructor(desk: Desk, span = SPAN) {
    this.needed = 3 * span + YOUNG;
    this.desk = desk;
    this.span = span;
    this.share = 1 / (LEVEL_SPANS * span);
    this.previous = desk.place();
    this.usualStep = desk.place();
    this.level = desk.place();
    this.deviation = new Deviation(desk, DEVIATION_SPANS * span);
    this.steps = new Recent(desk, span);
  }

  distance({ value }: Point, seen: number): number {
    if (seen < this.needed) return Number.NaN;
    const size = this.sizeOf(this.steps.meanWith(this.stepTo(value)));
    const level = this.desk.doubles[this.level] ?? 0;
    return unitsOf(Math.abs(size - level), Math.max(LEAST, this.deviation.usual), 0);
  }

  /** Four usual distances around the usual step, on its logarithmic scale. */
  expectation(point: Point): Measure {
    const value = Math.max(0, this.steps.meanWith(this.stepTo(point.value)));
    const reach = 4 * Math.max(LEAST, this.deviation.usual);
    const [low, baseline, high] = [this.stepOf(-reach), this.stepOf(0), this.stepOf(reach)];
    const expected = [low, high] as const;
    return { compared: 'step', value, points: this.span, baseline, spread: high - baseline, expected };
  }

  learn({ value }: Point, seen: number): void {
    if (seen > 0) this.learnStep(this.stepTo(value), seen);
    this.desk.doubles[this.previous] = value;
    const levelled = seen + 1 - this.span;
    if (levelled > 0) this.follow(this.sizeOf(this.steps.mean()), levelled);
  }

  private stepTo(value: number): number {
    return Math.min(MOST, Math.abs(value - (this.desk.doubles[this.previous] ?? 0)));
  }

  private learnStep(step: number, count: number): void {
    const { doubles } = this.desk;
    const usual = doubles[this.usualStep] ?? 0;
    this.steps.push(step);
    doubles[this.usualStep] = usual + Math.max(this.share, 1 / count) * (step - usual);
  }

  /** Logarithm of the mean step in usual ones; where it may be nothing, a tenth is added. */
  private sizeOf(step: number): number {
    const usual = this.desk.doubles[this.usualStep] ?? 0;
    return Math.log(0.1 + (usual > 0 ? Math.max(0, step) / usual : 0));
  }

  /** The step at that distance from the usual one. */
  private stepOf(distance: number): number {
    const { doubles } = this.desk;
    const level = doubles[this.level] ?? 0;
    return Math.max(0, Math.exp(level + distance) - 0.1) * (doubles[this.usualStep] ?? 0);
  }

  private follow(size: number, levelled: number): void {
    const { doubles } = this.desk;
    const level = levelled === 1 ? size : (doubles[this.level] ?? 0);
    const step = size - level;
    this.deviation.learn(Math.abs(step), levelled);
    const bound = CLIP * Math.max(2 * LEAST, this.deviation.usual);
    const share = Math.max(this.share, 1 / levelled);
    doubles[this.level] = level + share * Math.max(-bound, Math.min(bound, step));
  }
}
