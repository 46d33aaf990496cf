import type { Desk } from '../memory/desk.ts';
import { KeptWord } from './kept-word.ts';
import type { ObservedTime } from './observed-time.ts';
import { isOver, Peaks } from './peaks.ts';
import { Quantiles } from './quantile.ts';

/** Distances before a tail can say anything. */
export const WARM_UP = 20;
/** Share of the distances that counts as tail: at most this, */
const MOST_TAIL = 0.05;
/** less where points come often: about so many a day are enough to know the tail by, */
const TAIL_A_DAY = 15;
/** but never fewer than so many in all. */
const LEAST_TAIL = 40;
/** Least pace of the threshold, and how much slower it is during a long peak. */
const PACE = 0.002;
const LATER = 0.2;
/** What is not in the tail, in times a day, at the least. */
const ORDINARY = 1000;
const TINY = Number.MIN_VALUE;
const DAY_MS = 86_400_000;

/**
 * How often a distance at least this large is to be expected in a series' normal life, in times a day. Peaks over
 * threshold (Siffer et al. 2017): the threshold is a streaming quantile, what stays above it is one peak, the peaks'
 * excess is a generalised Pareto tail. Counting by the day and not by the point makes the answer the same at any sampling
 * interval. A model that promised too much is corrected by how often it was wrong.
 *
 * There is one tail for each detector of a series, and what they hardly ever see costs nothing as long as they do not.
 */
export class Tails {
  private readonly desk: Desk;
  private readonly count: number;
  private readonly clock: ObservedTime;
  /** Distances learnt by each, and the observed time at which it began, ms. */
  private readonly learnt: number;
  private readonly begun: number;
  private readonly words: KeptWord;
  private readonly thresholds: Quantiles;
  private readonly peaks: Peaks;
  /** What was promised of the distances that were judged last. */
  private readonly promised: Float64Array;

  /** `clock` is that of the series: whoever has it lets it pass before a point is learnt. */
  constructor(desk: Desk, count: number, clock: ObservedTime) {
    this.desk = desk;
    this.count = count;
    this.clock = clock;
    this.learnt = desk.place(count);
    this.words = new KeptWord(desk, count);
    this.thresholds = new Quantiles(desk, count, false);
    this.peaks = new Peaks(desk, count);
    this.begun = desk.place(count);
    this.promised = new Float64Array(count);
  }

  /** Distances learnt. */
  points(tail: number): number {
    return this.desk.doubles[this.learnt + tail] ?? 0;
  }

  /** Time that was observed since it began, ms. */
  elapsed(tail: number): number {
    return this.clock.elapsed - (this.desk.doubles[this.begun + tail] ?? 0);
  }

  /**
   * One distance each, NaN for none. Writes how often it is to be expected, times a day, positive; Infinity while it is
   * too young to say, or for no distance.
   */
  judge(distances: Float64Array, timesADay: Float64Array): void {
    const { count, words, promised } = this;
    for (let tail = 0; tail < count; tail += 1) {
      const promise = this.promise(tail, distances[tail] ?? Number.NaN);
      promised[tail] = promise;
      timesADay[tail] = words.isKept(tail) ? promise : promise * words.correction(tail, this.elapsed(tail));
    }
  }

  /** The distances that were judged last. */
  learn(distances: Float64Array): void {
    const { doubles } = this.desk;
    const { clock, count, learnt, thresholds, peaks } = this;
    const aDay = (TAIL_A_DAY * clock.usualGap) / DAY_MS;
    this.words.keep(this.promised);
    for (let tail = 0; tail < count; tail += 1) {
      const distance = distances[tail] ?? Number.NaN;
      if (Number.isNaN(distance)) continue;
      const points = (doubles[learnt + tail] ?? 0) + 1;
      doubles[learnt + tail] = points;
      if (points <= WARM_UP) {
        this.warmUp(tail, distance, points);
        continue;
      }
      const share = Math.min(MOST_TAIL, Math.max(aDay, LEAST_TAIL / points));
      // A peak that goes on is one opinion of where the tail begins, not many.
      const pace = Math.max(PACE, 1 / points) * (peaks.isLasting(tail) ? LATER : 1);
      const threshold = thresholds.follow(tail, distance, share, pace);
      if (distance > threshold || peaks.isOpen(tail)) peaks.follow(tail, distance, threshold, clock.elapsed);
    }
  }

  private promise(tail: number, distance: number): number {
    if (this.points(tail) < WARM_UP || Number.isNaN(distance)) return Number.POSITIVE_INFINITY;
    const threshold = this.thresholds.value(tail);
    // Nothing of it is news, but what is nearer to the tail comes before what is not.
    if (!isOver(distance, threshold)) return ORDINARY * (2 - distance / Math.max(distance, threshold, TINY));
    return this.peaks.timesADay(tail, distance, this.elapsed(tail));
  }

  /** The first distances set the threshold. */
  private warmUp(tail: number, distance: number, points: number): void {
    const { clock, thresholds, peaks } = this;
    if (points === 1) this.desk.doubles[this.begun + tail] = clock.elapsed;
    peaks.keepFirst(tail, points - 1, distance);
    if (points < WARM_UP) return;
    thresholds.begin(tail, peaks.takeFirst(tail, WARM_UP), MOST_TAIL);
    peaks.begin(tail, thresholds.value(tail), clock.elapsed);
  }
}
