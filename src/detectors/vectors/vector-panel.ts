import type { Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import { Tail } from '../calibration/tail.ts';
import type { Numbers } from '../memory/numbers.ts';
import { split } from '../memory/split.ts';
import { Standards } from './standards.ts';
import type { Vector, VectorGauge, VectorGaugeMaker } from './vector.ts';

/** Metrics that are named in a reading. */
const MOST_NAMED = 5;
/** A metric with less of the whole is not named. */
const LEAST_SHARE = 0.05;

interface Member {
  readonly gauge: VectorGauge;
  readonly doubt: number;
  readonly tail: Tail;
}

/**
 * Gauges that look at all metrics of a source at once, calibrated: the raw distance of each becomes how often such a distance
 * comes in the source's own life.
 */
export class VectorPanel {
  private readonly standards = new Standards();
  private readonly members: readonly Member[];
  /** Of the vector that was measured, NaN for none. */
  private readonly distances: Float64Array;
  private learned = 0;
  /** Time of the first vector, epoch ms. */
  private since = 0;

  constructor(makers: readonly VectorGaugeMaker[]) {
    this.members = makers.map(({ make, doubt }, i) => ({ gauge: make(i + 1), doubt, tail: new Tail() }));
    this.distances = new Float64Array(makers.length);
  }

  get names(): readonly string[] {
    return this.members.map(({ gauge }) => gauge.name);
  }

  /** Vectors learnt, and after how many the first of them speaks. */
  get seen(): number {
    return this.learned;
  }

  get needed(): number {
    return Math.min(...this.members.map(({ gauge }) => gauge.needed)) + Tail.needed;
  }

  measure({ values }: Vector): void {
    const offsets = this.standards.offsetsOf(values);
    for (const [i, { gauge }] of this.members.entries()) this.distances[i] = gauge.distance(offsets);
  }

  /** Of what one of them has measured; Infinity while warming up. */
  timesADay(i: number): number {
    const member = this.members[i];
    const distance = this.distances[i] ?? Number.NaN;
    if (member === undefined || Number.isNaN(distance)) return Number.POSITIVE_INFINITY;
    return member.doubt * member.tail.timesADay(distance);
  }

  /** What they say about the vector that was measured. */
  readings(vector: Vector): readonly Reading[] {
    return this.members.map((_, i) => this.reading(i, vector)).filter((reading) => reading !== null);
  }

  /** The vector that was measured is learnt. */
  learn({ time, values }: Vector): void {
    if (this.learned === 0) this.since = time;
    this.learned += 1;
    const offsets = this.standards.offsetsOf(values);
    for (const [i, { gauge, tail }] of this.members.entries()) {
      const distance = this.distances[i] ?? Number.NaN;
      if (!Number.isNaN(distance)) tail.learn(distance, time);
      gauge.learn(offsets);
    }
    this.standards.learn(values);
  }

  write(to: Numbers): void {
    to.addAll([this.learned, this.since]);
    for (const one of this.parts()) {
      const part = to.open();
      one.write(to);
      to.close(part);
    }
  }

  restore(state: Float64Array): void {
    const [learned = 0, since = 0] = state;
    this.learned = learned;
    this.since = since;
    const parts = split(state.subarray(2));
    for (const [i, one] of this.parts().entries()) one.restore(parts[i] ?? new Float64Array());
  }

  private parts(): readonly (Standards | VectorGauge | Tail)[] {
    return [this.standards, ...this.members.flatMap(({ gauge, tail }) => [gauge, tail])];
  }

  private reading(i: number, vector: Vector): Reading | null {
    const timesADay = this.timesADay(i);
    const member = this.members[i];
    if (member === undefined || timesADay === Number.POSITIVE_INFINITY) return null;
    const shares = member.gauge.shares(this.standards.offsetsOf(vector.values));
    return {
      detector: member.gauge.name,
      score: confidenceOf(timesADay),
      evidence: {
        kind: 'together',
        metrics: namesOf(vector, shares),
        among: vector.metrics.length,
        learned: this.learned,
        since: this.since,
        tail: member.tail.probability(this.distances[i] ?? 0),
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
