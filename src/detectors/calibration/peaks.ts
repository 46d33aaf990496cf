import type { Desk } from '../memory/desk.ts';
import { fitPareto, shareBeyond } from './pareto.ts';
import { codeOf, scoreOf } from './score-code.ts';

/** Peaks that are remembered. */
const KEPT = 100;
/** Points below the threshold that end a peak: what stays high is one event, not many (runs declustering). */
const APART = 4;
/** Points after which a peak is a long one. */
const LASTING = 24;
/**
 * Peaks are at least so frequent, a day, however few there were: where distances are all alike, half of them lie above the
 * threshold, and it is one peak that never ends.
 */
const LEAST_A_DAY = 0.5;
const DAY_MS = 86_400_000;

/** What is made again after each peak: how many peaks are above the base, and scale (0 for not made) and shape of their tail. */
const ABOVE = 0;
const SCALE = 1;
const SHAPE = 2;
const FIT_WIDTH = 3;

/** What stays above a threshold is one peak; the heights of the last ones tell how often a higher one comes. */
export class Peaks {
  private readonly desk: Desk;
  /** Of each threshold's peak that is not over: its height, 0 for none, how long it has lasted, and the points below since; */
  private readonly height: number;
  private readonly lasted: number;
  private readonly below: number;
  /** of the peaks that are over how many, when the last ended, and the usual time between them, in observed time; */
  private readonly total: number;
  private readonly ended: number;
  private readonly usualGap: number;
  /** and the threshold as the last peak ended, above which the peaks are fitted. */
  private readonly base: number;
  /** The last peaks, a ring of score codes each; before there are any, the first distances. */
  private readonly kept: number;
  private readonly fits: number;

  constructor(desk: Desk, thresholds: number) {
    this.desk = desk;
    this.height = desk.place(thresholds);
    this.lasted = desk.place(thresholds);
    this.below = desk.place(thresholds);
    this.total = desk.place(thresholds);
    this.ended = desk.place(thresholds);
    this.usualGap = desk.place(thresholds);
    this.base = desk.place(thresholds);
    this.kept = desk.placeShorts(thresholds * KEPT);
    this.fits = desk.placeMade(thresholds * FIT_WIDTH);
  }

  /** One of the first distances, by which the first threshold is chosen; `n` from 0 on. */
  keepFirst(tail: number, n: number, distance: number): void {
    this.desk.shorts[this.kept + tail * KEPT + n] = codeOf(distance);
  }

  /** The first distances, sorted; they are forgotten. */
  takeFirst(tail: number, count: number): readonly number[] {
    const { shorts } = this.desk;
    const from = this.kept + tail * KEPT;
    const first = shorts.slice(from, from + count).sort();
    shorts.fill(0, from, from + count);
    return Array.from(first, scoreOf);
  }

  /** There is a first threshold. */
  begin(tail: number, threshold: number, elapsed: number): void {
    const { doubles } = this.desk;
    doubles[this.ended + tail] = elapsed;
    doubles[this.base + tail] = threshold;
  }

  /** Is the peak that is not over a long one? */
  isLasting(tail: number): boolean {
    return (this.desk.doubles[this.lasted + tail] ?? 0) > LASTING;
  }

  /** Not so, nothing is to be told of a distance that is not over. */
  isOpen(tail: number): boolean {
    const { doubles } = this.desk;
    return (doubles[this.height + tail] ?? 0) > 0 || (doubles[this.lasted + tail] ?? 0) > 0;
  }

  /** A distance came, after so much observed time. */
  follow(tail: number, distance: number, threshold: number, elapsed: number): void {
    const { doubles } = this.desk;
    const height = doubles[this.height + tail] ?? 0;
    const lasted = doubles[this.lasted + tail] ?? 0;
    doubles[this.lasted + tail] = height > 0 ? lasted + 1 : 0;
    if (isOver(distance, threshold)) {
      doubles[this.height + tail] = Math.max(height, distance);
      doubles[this.below + tail] = 0;
    } else if (height > 0) {
      const below = (doubles[this.below + tail] ?? 0) + 1;
      doubles[this.below + tail] = below;
      if (below >= APART) this.end(tail, threshold, elapsed);
    }
  }

  /** How often a peak at least as high as `distance` comes, in times a day. */
  timesADay(tail: number, distance: number, elapsed: number): number {
    const { doubles, made } = this.desk;
    const fit = this.fits + tail * FIT_WIDTH;
    if (made[fit + SCALE] === 0) this.fit(tail);
    // What the remembered peaks are the peaks of, ms.
    const isWhole = (doubles[this.total + tail] ?? 0) <= KEPT;
    const covered = isWhole ? elapsed : KEPT * (doubles[this.usualGap + tail] ?? 0);
    const times = Math.max(LEAST_A_DAY, (((made[fit + ABOVE] ?? 0) + 1) * DAY_MS) / Math.max(1, covered));
    const excess = Math.max(0, distance - (doubles[this.base + tail] ?? 0));
    return times * shareBeyond(made[fit + SCALE] ?? 0, made[fit + SHAPE] ?? 0, excess);
  }

  private end(tail: number, threshold: number, elapsed: number): void {
    const { doubles, shorts, made } = this.desk;
    const before = doubles[this.total + tail] ?? 0;
    const usual = doubles[this.usualGap + tail] ?? 0;
    const gap = elapsed - (doubles[this.ended + tail] ?? 0);
    doubles[this.total + tail] = before + 1;
    doubles[this.ended + tail] = elapsed;
    doubles[this.usualGap + tail] = usual + Math.max(1 / (before + 1), 1 / KEPT) * (gap - usual);
    shorts[this.kept + tail * KEPT + (before % KEPT)] = codeOf(doubles[this.height + tail] ?? 0);
    doubles[this.height + tail] = 0;
    doubles[this.base + tail] = threshold;
    made[this.fits + tail * FIT_WIDTH + SCALE] = 0;
  }

  private fit(tail: number): void {
    const { doubles, shorts, made } = this.desk;
    const from = this.kept + tail * KEPT;
    const base = doubles[this.base + tail] ?? 0;
    const remembered = Math.min(KEPT, doubles[this.total + tail] ?? 0);
    const codes = shorts.slice(from, from + remembered).sort();
    let count = 0;
    for (let i = codes.length - 1; i >= 0; i -= 1) {
      const height = scoreOf(codes[i] ?? 0);
      if (height <= base) break;
      LARGEST[count] = height;
      count += 1;
    }
    const { scale, shape } = fitPareto(LARGEST, count, base);
    const to = this.fits + tail * FIT_WIDTH;
    made[to + ABOVE] = count;
    made[to + SCALE] = scale;
    made[to + SHAPE] = shape;
  }
}

/** No distance at all is never strange, wherever the threshold is. */
export function isOver(distance: number, threshold: number): boolean {
  return distance > 0 && distance > threshold;
}

/** Heights above the base, the largest first: filled anew for each fit. */
const LARGEST = new Float64Array(KEPT);
