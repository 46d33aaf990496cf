import type { Numbers } from '../memory/numbers.ts';

/** What all metrics of a source measured at one time. */
export interface Vector {
  /** Epoch ms. */
  readonly time: number;
  /** One name a metric, in an order that stays; a new metric comes at the end. At most `MOST_METRICS` are looked at. */
  readonly metrics: readonly string[];
  /** One value a metric; NaN for one that said nothing. */
  readonly values: Float64Array;
}

/** Metrics of a source that are looked at together; those that come later are judged by themselves only. */
export const MOST_METRICS = 64;

/**
 * One way of looking at all metrics of a source at once, without calibration. It is given how far each metric is from its
 * level, in usual distances: finite, at most `FARTHEST` to either side; what said nothing is taken to be near where it was. There may be more metrics
 * than the last time, never fewer.
 */
export interface VectorGauge {
  readonly name: string;
  /** In its own unit, never negative, larger is stranger; NaN while warming up. Changes nothing. */
  distance(offsets: Float64Array): number;
  /** How much of that distance is due to each metric, never negative, in any unit. Only once it is warm. */
  shares(offsets: Float64Array): Float64Array;
  learn(offsets: Float64Array): void;
  readonly seen: number;
  readonly needed: number;
  write(to: Numbers): void;
  /** @throws RangeError when the numbers are not what `write` wrote. */
  restore(state: Float64Array): void;
}

/** Makes a gauge; the same seed makes the same one. */
export interface VectorGaugeMaker {
  make(seed: number): VectorGauge;
  /** At least 1: so many times oftener than others does it find something strange that is not (measured, bench/detection). */
  readonly doubt: number;
}
