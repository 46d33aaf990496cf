import type { Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import type { ObservedTime } from '../calibration/observed-time.ts';
import { probabilityOf } from '../calibration/probability.ts';
import { Tails, WARM_UP } from '../calibration/tails.ts';
import type { Desk } from '../memory/desk.ts';
import type { Numbers } from '../memory/numbers.ts';
import { type Kept, restoreParts, writeParts } from '../memory/parts.ts';
import { Standards } from './standards.ts';
import type { Vector, VectorGauge, VectorGaugeMaker } from './vector.ts';

/** Metrics that are named in a reading. */
const MOST_NAMED = 5;
/** A metric with less of the whole is not named. */
const LEAST_SHARE = 0.05;

/**
 * Gauges that look at all metrics of a source at once, calibrated: the raw distance of each becomes how often such a distance
 * comes in the source's own life.
 */
export class VectorPanel {
  readonly names: readonly string[];
  /** Vectors after which the first of them speaks. */
  readonly needed: number;
  private readonly desk: Desk;
  private readonly clock: ObservedTime;
  private readonly standards = new Standards();
  private readonly gauges: readonly VectorGauge[];
  private readonly doubts: Float64Array;
  private readonly tails: Tails;
  /** How many vectors were learnt, and the time of the first, epoch ms. */
  private readonly learnt: number;
  private readonly since: number;
  /** Of the vector that was measured: NaN for none, and how often such a distance comes, times a day. */
  private readonly distances: Float64Array;
  private readonly times: Float64Array;

  /** `clock`: as that of `Tails`. */
  constructor(desk: Desk, clock: ObservedTime, makers: readonly VectorGaugeMaker[]) {
    this.desk = desk;
    this.clock = clock;
    this.learnt = desk.place();
    this.since = desk.place();
    this.gauges = makers.map(({ make }, i) => make(i + 1));
    this.names = this.gauges.map(({ name }) => name);
    this.needed = Math.min(...this.gauges.map(({ needed }) => needed)) + WARM_UP;
    this.doubts = Float64Array.from(makers, ({ doubt }) => doubt);
    this.tails = new Tails(desk, makers.length, clock);
    this.distances = new Float64Array(makers.length);
    this.times = new Float64Array(makers.length);
  }

  get seen(): number {
    return this.desk.doubles[this.learnt] ?? 0;
  }

  measure({ values }: Vector): void {
    const offsets = this.standards.offsetsOf(values);
    for (const [i, gauge] of this.gauges.entries()) this.distances[i] = gauge.distance(offsets);
    this.tails.judge(this.distances, this.times);
  }

  /** Of what one of them has measured; Infinity while warming up. */
  timesADay(i: number): number {
    return (this.doubts[i] ?? 1) * (this.times[i] ?? Number.POSITIVE_INFINITY);
  }

  /** What they say about the vector that was measured. */
  readings(vector: Vector): readonly Reading[] {
    return this.gauges
      .map((gauge, i) => this.reading(gauge, i, vector))
      .filter((reading) => reading !== null);
  }

  /** The vector that was measured is learnt. */
  learn({ time, values }: Vector): void {
    const { doubles } = this.desk;
    const { seen } = this;
    if (seen === 0) doubles[this.since] = time;
    const offsets = this.standards.offsetsOf(values);
    for (const gauge of this.gauges) gauge.learn(offsets);
    this.tails.learn(this.distances);
    this.standards.learn(values);
    doubles[this.learnt] = seen + 1;
  }

  /** What does not lie on the desk. */
  write(to: Numbers): void {
    writeParts(this.parts(), to);
  }

  restore(state: Float64Array): void {
    restoreParts(this.parts(), state);
  }

  private parts(): readonly Kept[] {
    return [this.standards, ...this.gauges];
  }

  private reading(gauge: VectorGauge, i: number, vector: Vector): Reading | null {
    const timesADay = this.timesADay(i);
    if (timesADay === Number.POSITIVE_INFINITY) return null;
    const shares = gauge.shares(this.standards.offsetsOf(vector.values));
    return {
      detector: gauge.name,
      score: confidenceOf(timesADay),
      evidence: {
        kind: 'together',
        metrics: namesOf(vector, shares),
        among: vector.metrics.length,
        learned: this.seen,
        since: this.desk.doubles[this.since] ?? 0,
        tail: probabilityOf(this.times[i] ?? 0, this.clock.usualGap),
        timesADay,
      },
    };
  }
}

interface Named {
  readonly name: string;
  readonly value: number;
  /** Of the whole distance, 0..1. */
  readonly share: number;
}

/** Those that have the largest share, the largest first. */
function namesOf({ metrics, values }: Vector, shares: Float64Array): readonly Named[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return metrics
    .map((name, i) => ({
      name,
      value: values[i] ?? Number.NaN,
      share: (shares[i] ?? 0) / Math.max(whole, Number.MIN_VALUE),
    }))
    .filter(({ value, share }) => Number.isFinite(value) && share >= LEAST_SHARE)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, MOST_NAMED);
}
