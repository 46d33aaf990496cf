import type { Compared, Range, Reading } from '../domain/detection.ts';
import type { Numbers } from './memory/numbers.ts';

/** One value of one series in one time bucket. */
export interface Point {
  /** Epoch ms. */
  readonly time: number;
  readonly value: number;
  /** How much of the usual number of records stands behind it, (0,1]: a mean of two values says less than one of fifty. */
  readonly weight: number;
}

/** How often something happened in one time bucket. */
export interface Count extends Point {
  /** Traffic of the source now against its usual traffic, >= 1: twice the requests may bring twice the errors. */
  readonly exposure: number;
  readonly bucketMs: number;
}

/**
 * One way of looking at one series or source. `score` changes nothing and answers null while warming up (or when the
 * input says nothing to it); `learn` takes the input in. A twin restored from `snapshot` answers alike for ever.
 */
export interface Detector<In> {
  readonly name: string;
  score(input: In): Reading | null;
  learn(input: In): void;
  snapshot(): Float64Array;
  /** @throws RangeError when the numbers are not a snapshot of this detector. */
  restore(state: Float64Array): void;
  /** Inputs learnt, and how many it needs before it speaks. */
  readonly seen: number;
  readonly needed: number;
}

/** One that judges counts of what hardly ever comes. */
export interface CountDetector extends Detector<Count> {
  /** The score of `score(count)`, without what it rests on. */
  scoreAlone(count: Count): number | null;
  /** Counts that are not worth a word; null while warming up. */
  range(count: Count): Range | null;
  /** As `learn` of so many zeros in a row, but in one step. */
  learnZeros(zeros: number): void;
  /** The numbers of `snapshot()`, without an array of their own. */
  write(to: Numbers): void;
}

/** What a numeric detector looks at and what it expects of it, in the metric's own unit. */
export interface Measure {
  readonly compared: Compared;
  readonly value: number;
  /** How many points the value is made of. */
  readonly points: number;
  readonly baseline: number;
  readonly spread: number;
  readonly expected: Range | null;
}

/** Of a detector that looks at each value by itself. */
export function single(value: number, usual: Pick<Measure, 'baseline' | 'spread' | 'expected'>): Measure {
  return { compared: 'value', value: usable(value) ?? 0, points: 1, ...usual };
}

/** A numeric detector without calibration: all that it has learnt lies on its desk. The values that it is given are usable. */
export interface Gauge {
  readonly name: string;
  /** Points that it needs before it speaks. */
  readonly needed: number;
  /** At least 1: so many times oftener than others does it find something strange that is not (measured, bench/detection). */
  readonly doubt: number;
  /**
   * Before calibration: in its own unit, never negative, larger is stranger; NaN while warming up. `seen`: the points that
   * were learnt before.
   */
  distance(point: Point, seen: number): number;
  /** Of that point, which is the next; only once it is warm. */
  expectation(point: Point): Measure;
  learn(point: Point, seen: number): void;
}

/** Which side of the expected range is noteworthy: more milliseconds are, fewer are not. */
export type Side = 'above' | 'both';

/** Largest magnitude that detectors compute with: single precision holds it, and no difference or square overflows. */
const HUGE = 3e38;

/** A number that can be computed with, or null: NaN and the infinities teach nothing. */
export function usable(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Math.max(-HUGE, Math.min(HUGE, value));
}

/** The point with a number that can be computed with, or null. */
export function usablePoint(point: Point): Point | null {
  const value = usable(point.value);
  if (value === null) return null;
  return value === point.value ? point : { ...point, value };
}

/** How far `value` lies outside on the noteworthy side, never negative. */
export function excess(value: number, low: number, high: number, side: Side): number {
  if (value > high) return value - high;
  return value < low && side === 'both' ? low - value : 0;
}

/** Distance, in usual ones, of any change in a series that never changed: strange, but nothing to measure it by. */
const UNMEASURED = 50;
/** The largest distance told apart. */
const FARTHEST = 1e6;
/** Share of the level below which a change is not worth a word. */
const LEVEL_SHARE = 1e-3;

/** The least distance that is usual around a level. */
export function leastUsual(usual: number, level: number): number {
  return Math.max(usual, LEVEL_SHARE * Math.abs(level));
}

/** A distance in usual ones, 0..1e6; `level` is what the series is at. */
export function unitsOf(distance: number, usual: number, level: number): number {
  if (distance === 0) return 0;
  const unit = leastUsual(usual, level);
  return unit > 0 ? Math.min(FARTHEST, distance / unit) : UNMEASURED;
}
