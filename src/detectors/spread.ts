import { calibrated } from './calibrate.ts';
import { type Gauge, type Measure, type Point, type SeriesDetector, unitsOf, usable } from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';
import { Recent } from './recent.ts';

/** Change in the size of the steps from point to point, over the last `span` of them, on a logarithmic scale. */
export function spread(span = 72): () => SeriesDetector<Point> {
  return () => calibrated(new SpreadGauge(span), DOUBT);
}

const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances that move the level at most. */
const CLIP = 3;
const YOUNG = 20;
/** Least usual distance of the logarithm: steps that are one and a tenth times as large are nothing. */
const LEAST = 0.05;

const DOUBT = 2;

class SpreadGauge implements Gauge {
  readonly name = 'spread';
  readonly needed: number;
  seen = 0;
  private readonly span: number;
  private readonly steps: Recent;
  private previous = 0;
  private usualStep = 0;
  /** Usual logarithm of the mean step of the span, in usual steps. */
  private level = 0;
  private levelled = 0;
  private readonly deviation: Deviation;

  constructor(span: number) {
    this.span = span;
    this.needed = 3 * span + YOUNG;
    this.steps = new Recent(span);
    this.deviation = new Deviation(DEVIATION_SPANS * span);
  }

  distance(point: Point): number {
    if (this.seen < this.needed) return Number.NaN;
    const value = usable(point.value) ?? 0;
    const size = this.sizeOf(this.steps.meanWith(this.stepTo(value)));
    return unitsOf(Math.abs(size - this.level), Math.max(LEAST, this.deviation.usual), 0);
  }

  /** Four usual distances around the usual step, on its logarithmic scale. */
  expectation(point: Point): Measure {
    const value = Math.max(0, this.steps.meanWith(this.stepTo(usable(point.value) ?? 0)));
    const reach = 4 * Math.max(LEAST, this.deviation.usual);
    const [low, baseline, high] = [this.stepOf(-reach), this.stepOf(0), this.stepOf(reach)];
    const expected = [low, high] as const;
    return { compared: 'step', value, points: this.span, baseline, spread: high - baseline, expected };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    if (this.seen > 0) this.learnStep(this.stepTo(value));
    this.seen += 1;
    this.previous = value;
    if (this.seen > this.span) this.follow(this.sizeOf(this.steps.mean));
  }

  write(to: Numbers): void {
    for (const number of [this.seen, this.previous, this.usualStep, this.level, this.levelled])
      to.add(number);
    this.deviation.write(to);
    this.steps.write(to);
  }

  restore(state: Float64Array): void {
    const [seen = 0, previous = 0, usualStep = 0, level = 0, levelled = 0] = state;
    Object.assign(this, { seen, previous, usualStep, level, levelled });
    this.deviation.restore(state.subarray(5, 7));
    this.steps.restore(state.subarray(7));
  }

  private learnStep(step: number): void {
    this.steps.push(step);
    const share = Math.max(1 / (LEVEL_SPANS * this.span), 1 / this.seen);
    this.usualStep += share * (step - this.usualStep);
  }

  private stepTo(value: number): number {
    return Math.min(MOST, Math.abs(value - this.previous));
  }

  /** Logarithm of the mean step in usual ones; where it may be nothing, a tenth is added. */
  private sizeOf(step: number): number {
    return Math.log(0.1 + (this.usualStep > 0 ? Math.max(0, step) / this.usualStep : 0));
  }

  /** The step at that distance from the usual one. */
  private stepOf(distance: number): number {
    return Math.max(0, Math.exp(this.level + distance) - 0.1) * this.usualStep;
  }

  private follow(size: number): void {
    this.levelled += 1;
    if (this.levelled === 1) this.level = size;
    const step = size - this.level;
    this.deviation.learn(Math.abs(step));
    const bound = CLIP * Math.max(2 * LEAST, this.deviation.usual);
    const share = Math.max(1 / (LEVEL_SPANS * this.span), 1 / this.levelled);
    this.level += share * Math.max(-bound, Math.min(bound, step));
  }
}

/** Steps are held in single precision. */
const MOST = 3e38;
