import type { Range, Reading } from '../domain/detection.ts';
import type { Numbers } from './numbers.ts';

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

/** One that judges series: there are many, and most of what they say is that nothing is strange. */
export interface SeriesDetector<In> extends Detector<In> {
  /** As `learn` of so many zeros in a row, but in one step; for counts that hardly ever come. */
  learnZeros?(zeros: number): void;
  /** The score of `score(input)`, without what it rests on. */
  scoreAlone(input: In): number | null;
  /** The numbers of `snapshot()`, without an array of their own. */
  write(to: Numbers): void;
}

/** What a numeric detector expects, in the metric's own unit. */
export interface Measure {
  readonly baseline: number;
  readonly spread: number;
  readonly expected: Range;
}

/** A numeric detector without calibration. */
export interface Gauge {
  readonly name: string;
  /** Takes strange points in at once, because it bounds what one may do; others learn them a little later. */
  readonly sturdy: boolean;
  /** Before calibration: in its own unit, never negative, larger is stranger; NaN while warming up. */
  distance(point: Point): number;
  /** Only once it is warm. */
  expectation(): Measure;
  learn(point: Point): void;
  write(to: Numbers): void;
  restore(state: Float64Array): void;
  readonly seen: number;
  readonly needed: number;
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

/** How far `value` lies outside on the noteworthy side, never negative. */
export function excess(value: number, low: number, high: number, side: Side): number {
  if (value > high) return value - high;
  return value < low && side === 'both' ? low - value : 0;
}

/** The largest distance told apart. */
const FARTHEST = 1e9;
/** Distance of any change in a series that never changed around zero: strange, but nothing to measure it by. */
const UNMEASURED = 6;

/** `over` in units of `spread`, allowing for how little stands behind the point. */
export function distance(over: number, spread: number, weight: number): number {
  if (over === 0) return 0;
  const units = spread > 0 ? Math.min(over / spread, FARTHEST) : UNMEASURED;
  return units * Math.sqrt(Math.max(0, Math.min(1, weight)));
}
