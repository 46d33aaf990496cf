import type { Reading } from '../domain/detection.ts';
import { type Gauge, type Point, type SeriesDetector, usable } from './detector.ts';
import { type Numbers, numbersOf } from './numbers.ts';
import { Patience, STRANGE } from './patience.ts';
import { TailModel } from './tail.ts';

/** Makes a gauge a detector: its raw distance becomes a tail probability under the series' own recent distances. */
export function calibrated(gauge: Gauge): SeriesDetector<Point> {
  return new Calibrated(gauge);
}

class Calibrated implements SeriesDetector<Point> {
  private readonly gauge: Gauge;
  private readonly tail = new TailModel();
  private readonly strangers = new Patience(4);
  /** A point is scored and then learnt: it is measured once. */
  private measured: Point | null = null;
  /** Its distance, NaN for none, and how probable that is. */
  private raw = Number.NaN;
  private probability = 1;
  seen = 0;

  constructor(gauge: Gauge) {
    this.gauge = gauge;
  }

  get name(): string {
    return this.gauge.name;
  }

  get needed(): number {
    return this.gauge.needed;
  }

  scoreAlone(point: Point): number | null {
    this.measure(point);
    return Number.isNaN(this.raw) ? null : 1 - this.probability;
  }

  score(point: Point): Reading | null {
    this.measure(point);
    if (Number.isNaN(this.raw)) return null;
    const { probability } = this;
    const { baseline, spread, expected } = this.gauge.expectation();
    return {
      detector: this.gauge.name,
      score: 1 - probability,
      evidence: {
        kind: 'deviation',
        value: usable(point.value) ?? 0,
        baseline,
        spread,
        expected,
        learned: this.gauge.seen,
        tail: probability,
      },
    };
  }

  learn(point: Point): void {
    if (usable(point.value) === null) return;
    this.measure(point);
    const { raw } = this;
    const strange = this.probability < STRANGE;
    this.measured = null;
    this.seen += 1;
    if (this.gauge.sturdy || !strange) this.gauge.learn(point);
    if (strange) this.strangers.hold(this.seen, [raw, point.time, point.value, point.weight]);
    else if (!Number.isNaN(raw)) this.tail.learn(raw);
    for (let known = this.release(); known !== null; known = this.release()) this.learnLate(known);
  }

  write(to: Numbers): void {
    to.add(this.seen);
    const inner = to.open();
    this.gauge.write(to);
    to.close(inner);
    this.strangers.write(to);
    this.tail.write(to);
  }

  snapshot(): Float64Array {
    return numbersOf((to) => this.write(to));
  }

  restore(state: Float64Array): void {
    const length = state[1] ?? 0;
    if (length + 3 > state.length) throw new RangeError(`not a snapshot of ${this.gauge.name}`);
    this.seen = state[0] ?? 0;
    this.measured = null;
    this.gauge.restore(state.subarray(2, 2 + length));
    this.tail.restore(this.strangers.restore(state.subarray(2 + length)));
  }

  private measure(point: Point): void {
    if (point === this.measured) return;
    this.measured = point;
    this.raw = usable(point.value) === null ? Number.NaN : this.gauge.distance(point);
    this.probability = Number.isNaN(this.raw) ? 1 : this.tail.probability(this.raw);
  }

  private release(): readonly number[] | null {
    return this.strangers.release(this.seen);
  }

  private learnLate([raw = 0, time = 0, value = 0, weight = 1]: readonly number[]): void {
    this.tail.learn(raw);
    if (!this.gauge.sturdy) this.gauge.learn({ time, value, weight });
  }
}
