import type { Desk } from '../memory/desk.ts';
import { correctionOf, keepWord, WORD } from './kept-word.ts';
import { elapsedOf, pass, pointsOf, TIME, usualGapOf } from './observed-time.ts';
import { beginQuantile, followQuantile, QUANTILE, quantileOf } from './quantile.ts';
import { codeOf, scoreOf } from './score-code.ts';

/** Distances before a tail can say anything. */
export const WARM_UP = 20;
/** Peaks that it remembers. */
const KEPT = 100;
/** Share of the distances that counts as tail: at most this, */
const MOST_TAIL = 0.05;
/** less where points come often: about so many a day are enough to know the tail by, */
const TAIL_A_DAY = 15;
/** but never fewer than so many in all. */
const LEAST_TAIL = 40;
/** Points below the threshold that end a peak: what stays high is one event, not many (runs declustering). */
const APART = 4;
/** Points after which a peak is a long one, and the pace with which it then moves the threshold. */
const LASTING = 24;
const LATER = 0.2;
/** Shape, and scale in thresholds (of one usual distance at least), assumed of a tail that has shown nothing, and how many peaks that is worth. */
const PRIOR = { shape: 0.3, shapeWeight: 12, scale: 0.5, scaleWeight: 3 } as const;
const HEAVIEST = 0.7;
/** What is not in the tail, in times a day. */
const ORDINARY = 1000;
const DAY_MS = 86_400_000;

/** The cells of one tail: observed time, kept word, threshold; */
const CLOCK = 0;
const PROMISES = CLOCK + TIME.length;
const THRESHOLD = PROMISES + WORD.length;
/** of the peak that is not over its height, how long it has lasted, and the points below since; */
const HEIGHT = THRESHOLD + QUANTILE.length;
const LASTED = HEIGHT + 1;
const BELOW = HEIGHT + 2;
/** of the peaks that are over how many, when the last ended, and the usual time between them, in observed time; */
const TOTAL = HEIGHT + 3;
const LAST_PEAK = HEIGHT + 4;
const USUAL_PEAK_GAP = HEIGHT + 5;
/** and the threshold as the last peak ended, above which the peaks are fitted. */
const BASE = HEIGHT + 6;
const FIRST = [...TIME, ...WORD, ...QUANTILE, 0, 0, 0, 0, 0, 0, 0] as const;
const WIDTH = FIRST.length;
/** What is made again after each peak: how many peaks are above the base, and scale (0 for not made) and shape of their tail. */
const ABOVE = 0;
const SCALE = 1;
const SHAPE = 2;
const FIT_WIDTH = 3;

/**
 * How often a distance at least this large is to be expected in a series' normal life, in times a day. Peaks over
 * threshold (Siffer et al. 2017): the threshold is a streaming quantile, what stays above it is one peak, the peaks'
 * excess is a generalised Pareto tail by probability-weighted moments (Hosking and Wallis 1987) drawn towards a prior
 * while there are few. Counting by the day and not by the point makes the answer the same at any sampling interval.
 * A model that promised too much is corrected by how often it was wrong.
 *
 * There is one tail for each detector of a series, and what they hardly ever see costs nothing as long as they do not.
 */
export class Tails {
  private readonly desk: Desk;
  private readonly count: number;
  private readonly at: number;
  /** The last peaks of each, a ring of score codes; before there are any, its first distances. */
  private readonly peaks: number;
  private readonly made: number;

  constructor(desk: Desk, count: number) {
    this.desk = desk;
    this.count = count;
    this.at = desk.place(...Array.from({ length: count }, () => FIRST).flat());
    this.peaks = desk.placeShorts(count * KEPT);
    this.made = desk.placeMade(count * FIT_WIDTH);
  }

  /** Time that was observed, ms. */
  elapsed(tail: number): number {
    return elapsedOf(this.desk.doubles, this.cells(tail) + CLOCK);
  }

  /** Between two points, ms. */
  usualGap(tail: number): number {
    return usualGapOf(this.desk.doubles, this.cells(tail) + CLOCK);
  }

  /** Distances learnt. */
  points(tail: number): number {
    return pointsOf(this.desk.doubles, this.cells(tail) + CLOCK);
  }

  /** Times a day, positive; Infinity while it is too young to say, or for no distance, NaN. */
  timesADay(tail: number, distance: number): number {
    const { doubles } = this.desk;
    const at = this.cells(tail);
    if (Number.isNaN(distance)) return Number.POSITIVE_INFINITY;
    return (
      this.promised(tail, distance) * correctionOf(doubles, at + PROMISES, elapsedOf(doubles, at + CLOCK))
    );
  }

  /** The same as the probability of a point, (0,1]. */
  probability(tail: number, distance: number): number {
    const gap = Math.max(1, usualGapOf(this.desk.doubles, this.cells(tail) + CLOCK));
    return Math.min(1, (this.timesADay(tail, distance) * gap) / DAY_MS);
  }

  /** One distance each, NaN for none. */
  learn(distances: Float64Array, time: number): void {
    const { doubles } = this.desk;
    for (let tail = 0; tail < this.count; tail += 1) {
      const distance = distances[tail] ?? Number.NaN;
      if (Number.isNaN(distance)) continue;
      const at = this.cells(tail);
      keepWord(doubles, at + PROMISES, this.promised(tail, distance));
      pass(doubles, at + CLOCK, time);
      if (pointsOf(doubles, at + CLOCK) <= WARM_UP) this.warmUp(tail, distance);
      else this.follow(tail, distance);
    }
  }

  private cells(tail: number): number {
    return this.at + tail * WIDTH;
  }

  private promised(tail: number, distance: number): number {
    const { doubles } = this.desk;
    const at = this.cells(tail);
    if (pointsOf(doubles, at + CLOCK) < WARM_UP) return Number.POSITIVE_INFINITY;
    return isTail(distance, quantileOf(doubles, at + THRESHOLD)) ? this.fitted(tail, distance) : ORDINARY;
  }

  private fitted(tail: number, distance: number): number {
    const { doubles, made } = this.desk;
    const at = this.cells(tail);
    const fit = this.made + tail * FIT_WIDTH;
    if (made[fit + SCALE] === 0) this.fit(tail);
    // What the remembered peaks are the peaks of, ms.
    const isWhole = (doubles[at + TOTAL] ?? 0) <= KEPT;
    const covered = isWhole ? elapsedOf(doubles, at + CLOCK) : KEPT * (doubles[at + USUAL_PEAK_GAP] ?? 0);
    const times = (((made[fit + ABOVE] ?? 0) + 1) * DAY_MS) / Math.max(1, covered);
    const shape = made[fit + SHAPE] ?? 0;
    const over = Math.max(0, distance - (doubles[at + BASE] ?? 0));
    return times * (1 + (shape * over) / (made[fit + SCALE] ?? 0)) ** (-1 / shape);
  }

  /** The first distances set the threshold. */
  private warmUp(tail: number, distance: number): void {
    const { doubles, shorts } = this.desk;
    const at = this.cells(tail);
    const peaks = this.peaks + tail * KEPT;
    const points = pointsOf(doubles, at + CLOCK);
    shorts[peaks + points - 1] = codeOf(distance);
    if (points < WARM_UP) return;
    const first = shorts.slice(peaks, peaks + WARM_UP).sort();
    beginQuantile(doubles, at + THRESHOLD, Array.from(first, scoreOf), MOST_TAIL);
    shorts.fill(0, peaks, peaks + WARM_UP);
    doubles[at + LAST_PEAK] = elapsedOf(doubles, at + CLOCK);
    doubles[at + BASE] = quantileOf(doubles, at + THRESHOLD);
  }

  private follow(tail: number, distance: number): void {
    const { doubles } = this.desk;
    const at = this.cells(tail);
    const points = pointsOf(doubles, at + CLOCK);
    const height = doubles[at + HEIGHT] ?? 0;
    const lasted = doubles[at + LASTED] ?? 0;
    const aDay = (TAIL_A_DAY * usualGapOf(doubles, at + CLOCK)) / DAY_MS;
    const share = Math.min(MOST_TAIL, Math.max(aDay, LEAST_TAIL / points));
    // A peak that goes on is one opinion of where the tail begins, not many.
    const pace = Math.max(0.002, 1 / points) * (lasted > LASTING ? LATER : 1);
    followQuantile(doubles, at + THRESHOLD, distance, { share, pace });
    doubles[at + LASTED] = height > 0 ? lasted + 1 : 0;
    if (isTail(distance, quantileOf(doubles, at + THRESHOLD))) {
      doubles[at + HEIGHT] = Math.max(height, distance);
      doubles[at + BELOW] = 0;
    } else if (height > 0) {
      const below = (doubles[at + BELOW] ?? 0) + 1;
      doubles[at + BELOW] = below;
      if (below >= APART) this.endPeak(tail);
    }
  }

  private endPeak(tail: number): void {
    const { doubles, shorts, made } = this.desk;
    const at = this.cells(tail);
    const elapsed = elapsedOf(doubles, at + CLOCK);
    const before = doubles[at + TOTAL] ?? 0;
    const usual = doubles[at + USUAL_PEAK_GAP] ?? 0;
    const gap = elapsed - (doubles[at + LAST_PEAK] ?? 0);
    doubles[at + TOTAL] = before + 1;
    doubles[at + LAST_PEAK] = elapsed;
    doubles[at + USUAL_PEAK_GAP] = usual + Math.max(1 / (before + 1), 1 / KEPT) * (gap - usual);
    shorts[this.peaks + tail * KEPT + (before % KEPT)] = codeOf(doubles[at + HEIGHT] ?? 0);
    doubles[at + HEIGHT] = 0;
    doubles[at + BASE] = quantileOf(doubles, at + THRESHOLD);
    made[this.made + tail * FIT_WIDTH + SCALE] = 0;
  }

  /** Mean excess a0 and the mean weighted by rank a1 give shape and scale. */
  private fit(tail: number): void {
    const { doubles, shorts, made } = this.desk;
    const at = this.cells(tail);
    const peaks = this.peaks + tail * KEPT;
    const base = doubles[at + BASE] ?? 0;
    const remembered = Math.min(KEPT, doubles[at + TOTAL] ?? 0);
    const count = largestFirst(shorts.subarray(peaks, peaks + remembered), base);
    let a0 = 0;
    let a1 = 0;
    for (let i = 0; i < count; i += 1) {
      const excess = (LARGEST[i] ?? 0) - base;
      a0 += excess;
      a1 += excess * i;
    }
    a0 /= Math.max(1, count);
    a1 /= Math.max(1, count * (count - 1));
    const own = count > 3 && a0 > 2 * a1 ? 2 - a0 / (a0 - 2 * a1) : 0;
    const trust = count / (count + PRIOR.shapeWeight);
    const shape = trust * Math.max(0.001, Math.min(HEAVIEST, own)) + (1 - trust) * PRIOR.shape;
    const prior = PRIOR.scale * Math.max(base, 1) * PRIOR.scaleWeight;
    const to = this.made + tail * FIT_WIDTH;
    made[to + ABOVE] = count;
    made[to + SCALE] = Math.max(1e-9, ((a0 * count + prior) / (count + PRIOR.scaleWeight)) * (1 - shape));
    made[to + SHAPE] = shape;
  }
}

/** No distance at all is never strange, wherever the threshold is. */
function isTail(distance: number, threshold: number): boolean {
  return distance > 0 && distance > threshold;
}

/** Filled by `largestFirst`. */
const LARGEST = new Float64Array(KEPT);

/** Puts the scores above `base` in order; answers how many there are. */
function largestFirst(codes: Uint16Array, base: number): number {
  let count = 0;
  for (const code of codes) {
    const score = scoreOf(code);
    if (score <= base) continue;
    let at = count;
    for (; at > 0 && (LARGEST[at - 1] ?? 0) < score; at -= 1) LARGEST[at] = LARGEST[at - 1] ?? 0;
    LARGEST[at] = score;
    count += 1;
  }
  return count;
}
