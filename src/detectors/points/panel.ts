import type { Range, Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import type { ObservedTime } from '../calibration/observed-time.ts';
import { probabilityOf } from '../calibration/probability.ts';
import { Tails, WARM_UP } from '../calibration/tails.ts';
import type { Gauge, Point } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';
import type { Gauges } from './gauges.ts';

/**
 * Gauges, calibrated: the raw distance of each becomes how often such a distance comes in the series' own life. A point is
 * measured, asked about, and learnt.
 */
export class Panel {
  readonly names: readonly string[];
  /** Points after which the first of them speaks. */
  readonly needed: number;
  private readonly desk: Desk;
  private readonly clock: ObservedTime;
  private readonly gauges: Gauges;
  private readonly doubts: Float64Array;
  private readonly tails: Tails;
  /** How many points were learnt, and the time of the first, epoch ms. */
  private readonly learnt: number;
  private readonly since: number;
  /** Of the point that was measured: NaN for none, and how often such a distance comes, times a day. */
  private readonly distances: Float64Array;
  private readonly times: Float64Array;

  constructor(desk: Desk, clock: ObservedTime, makeGauges: (desk: Desk) => Gauges) {
    this.desk = desk;
    this.clock = clock;
    this.learnt = desk.place();
    this.since = desk.place();
    this.gauges = makeGauges(desk);
    const { all } = this.gauges;
    this.names = all.map(({ name }) => name);
    this.needed = Math.min(...all.map(({ needed }) => needed)) + WARM_UP;
    this.doubts = Float64Array.from(all, ({ doubt }) => doubt);
    this.tails = new Tails(desk, all.length, clock);
    this.distances = new Float64Array(all.length);
    this.times = new Float64Array(all.length);
  }

  get seen(): number {
    return this.desk.doubles[this.learnt] ?? 0;
  }

  /** Points that a gauge still needs before it speaks, at the least. */
  missing(i: number): number {
    const { needed = 0 } = this.gauges.all[i] ?? {};
    return Math.max(0, needed - this.seen) + Math.max(0, WARM_UP - this.tails.points(i));
  }

  /** The usual range of a value at the point's time; null where the gauge looks at something else. Only once it has spoken. */
  range(i: number, point: Point): Range | null {
    const measure = this.gauges.all[i]?.expectation(point);
    return measure?.compared === 'value' ? measure.expected : null;
  }

  measure(point: Point): void {
    this.gauges.measure(point, this.seen, this.distances);
    this.tails.judge(this.distances, this.times);
  }

  /** Of what one of them has measured; Infinity while warming up. */
  timesADay(i: number): number {
    return (this.doubts[i] ?? 1) * (this.times[i] ?? 0);
  }

  /** What they say about the point that was measured. */
  readings(point: Point): readonly Reading[] {
    return this.gauges.all
      .map((gauge, i) => this.reading(gauge, i, point))
      .filter((reading) => reading !== null);
  }

  /** The point that was measured is learnt. */
  learn(point: Point): void {
    const { seen } = this;
    const { doubles } = this.desk;
    if (seen === 0) doubles[this.since] = point.time;
    this.gauges.learn(point, seen);
    this.tails.learn(this.distances);
    doubles[this.learnt] = seen + 1;
  }

  private reading(gauge: Gauge, i: number, point: Point): Reading | null {
    const timesADay = this.timesADay(i);
    if (timesADay === Number.POSITIVE_INFINITY) return null;
    const measure = gauge.expectation(point);
    return {
      detector: gauge.name,
      score: confidenceOf(timesADay),
      evidence: {
        kind: 'deviation',
        ...measure,
        spanMs: measure.points * this.clock.usualGap,
        learned: this.seen,
        since: this.desk.doubles[this.since] ?? 0,
        tail: probabilityOf(this.times[i] ?? 0, this.clock.usualGap),
        timesADay,
      },
    };
  }
}
