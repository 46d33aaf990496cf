import type { Range, Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import { Tails, WARM_UP } from '../calibration/tails.ts';
import type { Gauge, Point } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';

/** Behind the number of points. */
const SINCE = 1;

/** Makes a gauge at a desk. */
export interface GaugeMaker {
  make(desk: Desk): Gauge;
  /** At least 1: so many times oftener than others does it find something strange that is not (measured, bench/detection). */
  readonly doubt: number;
}

/**
 * Gauges that look at the same points, calibrated: the raw distance of each becomes how often such a distance comes in the
 * series' own life. A point is measured, asked about, and learnt.
 */
export class Panel {
  readonly gauges: readonly Gauge[];
  private readonly desk: Desk;
  private readonly doubts: Float64Array;
  private readonly tails: Tails;
  /** Where is written how many points were learnt, and the time of the first, epoch ms. */
  private readonly at: number;
  /** Of the point that was measured, NaN for none. */
  private readonly distances: Float64Array;

  constructor(desk: Desk, makers: readonly GaugeMaker[]) {
    this.desk = desk;
    this.gauges = makers.map(({ make }) => make(desk));
    this.doubts = Float64Array.from(makers, ({ doubt }) => doubt);
    this.tails = new Tails(desk, makers.length);
    this.at = desk.place(0, 0);
    this.distances = new Float64Array(makers.length);
  }

  get names(): readonly string[] {
    return this.gauges.map(({ name }) => name);
  }

  get seen(): number {
    return this.desk.doubles[this.at] ?? 0;
  }

  /** Points after which the first of them speaks. */
  get needed(): number {
    return Math.min(...this.gauges.map(({ needed }) => needed)) + WARM_UP;
  }

  /** Points that a gauge still needs before it speaks, at the least. */
  missing(i: number): number {
    const { needed = 0, seen = 0 } = this.gauges[i] ?? {};
    return Math.max(0, needed - seen) + Math.max(0, WARM_UP - this.tails.points(i));
  }

  /** The usual range of a value at the point's time; null where the gauge looks at something else. Only once it has spoken. */
  range(i: number, point: Point): Range | null {
    const measure = this.gauges[i]?.expectation(point);
    return measure?.compared === 'value' ? measure.expected : null;
  }

  measure(point: Point): void {
    const { gauges, distances } = this;
    for (let i = 0; i < gauges.length; i += 1) distances[i] = gauges[i]?.distance(point) ?? Number.NaN;
  }

  /** Of what one of them has measured; Infinity while warming up. */
  timesADay(gauge: number): number {
    const { doubts, distances, tails } = this;
    return (doubts[gauge] ?? 1) * tails.timesADay(gauge, distances[gauge] ?? Number.NaN);
  }

  /** What they say about the point that was measured. */
  readings(point: Point): readonly Reading[] {
    return this.gauges.map((_, i) => this.reading(i, point)).filter((reading) => reading !== null);
  }

  /** The point that was measured is learnt. */
  learn(point: Point): void {
    const { gauges } = this;
    const { doubles } = this.desk;
    if (this.seen === 0) doubles[this.at + SINCE] = point.time;
    doubles[this.at] = this.seen + 1;
    for (let i = 0; i < gauges.length; i += 1) gauges[i]?.learn(point);
    this.tails.learn(this.distances, point.time);
  }

  private reading(i: number, point: Point): Reading | null {
    const timesADay = this.timesADay(i);
    const gauge = this.gauges[i];
    if (gauge === undefined || timesADay === Number.POSITIVE_INFINITY) return null;
    const measure = gauge.expectation(point);
    return {
      detector: gauge.name,
      score: confidenceOf(timesADay),
      evidence: {
        kind: 'deviation',
        ...measure,
        spanMs: measure.points * this.tails.usualGap(i),
        learned: this.seen,
        since: this.desk.doubles[this.at + SINCE] ?? 0,
        tail: this.tails.probability(i, this.distances[i] ?? 0),
        timesADay,
      },
    };
  }
}
