import { type Gauge, type Measure, type Point, unitsOf } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import { Deviation } from './deviation.ts';
import type { GaugeMaker } from './panel.ts';
import { Recent } from './recent.ts';

/** Change in the size of the steps from point to point, over the last `span` of them, on a logarithmic scale. */
export function spread(span = 72): GaugeMaker {
  return { make: (desk) => new SpreadGauge(desk, span), doubt: DOUBT };
}

const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances that move the level at most. */
const CLIP = 3;
const YOUNG = 20;
/** Least usual distance of the logarithm: steps that are one and a tenth times as large are nothing. */
const LEAST = 0.05;

const DOUBT = 2;

/** Steps are held in single precision. */
const MOST = 3e38;

/** Its cells; the level is the usual logarithm of the mean step of the span, in usual steps. */
const SEEN = 0;
const PREVIOUS = 1;
const USUAL_STEP = 2;
const LEVEL = 3;

class SpreadGauge implements Gauge {
  readonly name = 'spread';
  readonly needed: number;
  private readonly desk: Desk;
  private readonly span: number;
  /** Share of a new one in the usual step and in the level, once there are many. */
  private readonly share: number;
  private readonly at: number;
  private readonly deviation: Deviation;
  private readonly steps: Recent;

  constructor(desk: Desk, span: number) {
    this.needed = 3 * span + YOUNG;
    this.desk = desk;
    this.span = span;
    this.share = 1 / (LEVEL_SPANS * span);
    this.at = desk.place(0, 0, 0, 0);
    this.deviation = new Deviation(desk, DEVIATION_SPANS * span);
    this.steps = new Recent(desk, span);
  }

  get seen(): number {
    return this.desk.doubles[this.at + SEEN] ?? 0;
  }

  distance({ value }: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const size = this.sizeOf(this.steps.meanWith(this.stepTo(value), this.desk));
    const level = this.desk.doubles[this.at + LEVEL] ?? 0;
    return unitsOf(Math.abs(size - level), Math.max(LEAST, this.deviation.usual), 0);
  }

  /** Four usual distances around the usual step, on its logarithmic scale. */
  expectation(point: Point): Measure {
    const value = Math.max(0, this.steps.meanWith(this.stepTo(point.value), this.desk));
    const reach = 4 * Math.max(LEAST, this.deviation.usual);
    const [low, baseline, high] = [this.stepOf(-reach), this.stepOf(0), this.stepOf(reach)];
    const expected = [low, high] as const;
    return { compared: 'step', value, points: this.span, baseline, spread: high - baseline, expected };
  }

  learn({ value }: Point): void {
    const { at } = this;
    const { doubles } = this.desk;
    const { seen } = this;
    if (seen > 0) this.learnStep(this.stepTo(value), seen);
    doubles[at + SEEN] = seen + 1;
    doubles[at + PREVIOUS] = value;
    const levelled = seen + 1 - this.span;
    if (levelled > 0) this.follow(this.sizeOf(this.steps.mean(this.desk)), levelled);
  }

  private get previous(): number {
    return this.desk.doubles[this.at + PREVIOUS] ?? 0;
  }

  private get usualStep(): number {
    return this.desk.doubles[this.at + USUAL_STEP] ?? 0;
  }

  private stepTo(value: number): number {
    return Math.min(MOST, Math.abs(value - this.previous));
  }

  private learnStep(step: number, count: number): void {
    this.steps.push(step, this.desk);
    const usual = this.usualStep;
    this.desk.doubles[this.at + USUAL_STEP] = usual + Math.max(this.share, 1 / count) * (step - usual);
  }

  /** Logarithm of the mean step in usual ones; where it may be nothing, a tenth is added. */
  private sizeOf(step: number): number {
    const usual = this.usualStep;
    return Math.log(0.1 + (usual > 0 ? Math.max(0, step) / usual : 0));
  }

  /** The step at that distance from the usual one. */
  private stepOf(distance: number): number {
    const level = this.desk.doubles[this.at + LEVEL] ?? 0;
    return Math.max(0, Math.exp(level + distance) - 0.1) * this.usualStep;
  }

  private follow(size: number, levelled: number): void {
    const { doubles } = this.desk;
    const level = levelled === 1 ? size : (doubles[this.at + LEVEL] ?? 0);
    const step = size - level;
    this.deviation.learn(Math.abs(step), levelled);
    const bound = CLIP * Math.max(2 * LEAST, this.deviation.usual);
    const share = Math.max(this.share, 1 / levelled);
    doubles[this.at + LEVEL] = level + share * Math.max(-bound, Math.min(bound, step));
  }
}
