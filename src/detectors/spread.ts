import { calibrated } from './calibrate.ts';
import { type Gauge, type Measure, type Point, type SeriesDetector, unitsOf, usable } from './detector.ts';
import { Deviation } from './deviation.ts';
import type { Numbers } from './numbers.ts';
import { Recent } from './recent.ts';

/** Change in the size of the steps from point to point, over the last `span` of them, on a logarithmic scale. */
export function spread(span = 72): () => SeriesDetector<Point> {
  return () => calibrated(new SpreadGauge(span));
}

const LEVEL_SPANS = 12;
const DEVIATION_SPANS = 24;
/** Usual distances that move the level at most. */
const CLIP = 3;
const YOUNG = 20;
/** Least usual distance of the logarithm: steps that are one and a tenth times as large are nothing. */
const LEAST = 0.05;

class SpreadGauge implements Gauge {
  readonly name = 'spread';
  readonly needed: number;
  seen = 0;
  private readonly span: number;
  private readonly steps: Recent;
  private previous = 0;
  /** Usual logarithm of the mean step. */
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
    const size = sizeOf(this.steps.meanWith(this.stepTo(value)), value);
    return unitsOf(Math.abs(size - this.level), Math.max(LEAST, this.deviation.usual), 0);
  }

  expectation(): Measure {
    const step = Math.exp(this.level);
    return {
      baseline: this.previous,
      spread: step,
      expected: [this.previous - 4 * step, this.previous + 4 * step],
    };
  }

  learn(point: Point): void {
    const value = usable(point.value) ?? 0;
    if (this.seen > 0) this.steps.push(this.stepTo(value));
    this.seen += 1;
    this.previous = value;
    if (this.seen > this.span) this.follow(sizeOf(this.steps.mean, value));
  }

  write(to: Numbers): void {
    for (const number of [this.seen, this.previous, this.level, this.levelled]) to.add(number);
    this.deviation.write(to);
    this.steps.write(to);
  }

  restore(state: Float64Array): void {
    const [seen = 0, previous = 0, level = 0, levelled = 0] = state;
    Object.assign(this, { seen, previous, level, levelled });
    this.deviation.restore(state.subarray(4, 6));
    this.steps.restore(state.subarray(6));
  }

  private stepTo(value: number): number {
    return Math.min(MOST, Math.abs(value - this.previous));
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

/** Logarithm of the mean step, which rounding may make negative; steps of a millionth of the value are none. */
function sizeOf(step: number, value: number): number {
  return Math.log(Math.max(0, step) + 1e-6 * Math.abs(value) + 1e-12);
}
