import type { Range, Reading } from '../domain/detection.ts';
import { type Gauge, type Point, type SeriesDetector, usable } from './detector.ts';
import { confidenceOf } from './fuse.ts';
import { type Numbers, numbersOf } from './numbers.ts';
import { Tail } from './tail.ts';

/**
 * Makes a gauge a detector: its raw distance becomes how often such a distance comes in the series' own life. `doubt`, at
 * least 1: so many times oftener than others does it find something strange that is not (measured, bench/detection).
 */
export function calibrated(gauge: Gauge, doubt = 1): SeriesDetector<Point> {
  return new Calibrated(gauge, doubt);
}

/** Numbers before those of the gauge. */
const OWN = 3;

class Calibrated implements SeriesDetector<Point> {
  private readonly gauge: Gauge;
  private readonly doubt: number;
  private readonly tail = new Tail();
  /** A point is scored and then learnt: it is measured once. */
  private measured: Point | null = null;
  /** Its distance, NaN for none. */
  private raw = Number.NaN;
  seen = 0;
  /** Time of the first point, epoch ms. */
  private since = 0;

  constructor(gauge: Gauge, doubt: number) {
    this.gauge = gauge;
    this.doubt = doubt;
  }

  get name(): string {
    return this.gauge.name;
  }

  get needed(): number {
    return this.gauge.needed + Tail.needed;
  }

  get missing(): number {
    return Math.max(0, this.gauge.needed - this.gauge.seen) + Math.max(0, Tail.needed - this.tail.points);
  }

  range(point: Point): Range | null {
    const { compared, expected } = this.gauge.expectation(point);
    return compared === 'value' ? expected : null;
  }

  timesADay(point: Point): number {
    this.measure(point);
    return Number.isNaN(this.raw) ? Number.POSITIVE_INFINITY : this.doubt * this.tail.timesADay(this.raw);
  }

  score(point: Point): Reading | null {
    const timesADay = this.timesADay(point);
    if (timesADay === Number.POSITIVE_INFINITY) return null;
    const measure = this.gauge.expectation(point);
    return {
      detector: this.gauge.name,
      score: confidenceOf(timesADay),
      evidence: {
        kind: 'deviation',
        ...measure,
        spanMs: measure.points * this.tail.usualGap,
        learned: this.seen,
        since: this.since,
        tail: this.tail.probability(this.raw),
        timesADay,
      },
    };
  }

  learn(point: Point): void {
    if (usable(point.value) === null) return;
    this.measure(point);
    this.measured = null;
    if (this.seen === 0) this.since = point.time;
    this.seen += 1;
    this.gauge.learn(point);
    if (!Number.isNaN(this.raw)) this.tail.learn(this.raw, point.time);
  }

  write(to: Numbers): void {
    to.add(this.seen);
    to.add(this.since);
    const inner = to.open();
    this.gauge.write(to);
    to.close(inner);
    this.tail.write(to);
  }

  snapshot(): Float64Array {
    return numbersOf((to) => this.write(to));
  }

  restore(state: Float64Array): void {
    const [seen = 0, since = 0, length = 0] = state;
    if (length + OWN > state.length) throw new RangeError(`not a snapshot of ${this.gauge.name}`);
    this.seen = seen;
    this.since = since;
    this.measured = null;
    this.gauge.restore(state.subarray(OWN, OWN + length));
    this.tail.restore(state.subarray(OWN + length));
  }

  private measure(point: Point): void {
    if (point === this.measured) return;
    this.measured = point;
    this.raw = usable(point.value) === null ? Number.NaN : this.gauge.distance(point);
  }
}
