import type { Numbers } from './numbers.ts';
import { Quantile } from './quantile.ts';
import { codeOf, scoreOf } from './score-code.ts';
import { SortedWindow } from './window.ts';

/** Distances before it can say anything. */
const WARM_UP = 20;
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
/** Points after which a peak is a long one. */
const LASTING = 12;
/** Shape, and scale in thresholds (of one usual distance at least), assumed of a tail that has shown nothing, and how many peaks that is worth. */
const PRIOR = { shape: 0.3, shapeWeight: 12, scale: 0.5, scaleWeight: 3 } as const;
const HEAVIEST = 0.7;
/** Peaks rarer than this a day are counted against what the model promised, */
const PROMISED = 0.5;
/** as if it had kept its word so often already. */
const CREDIT = 2;
/** What is not in the tail, in times a day. */
const ORDINARY = 1000;
const DAY_MS = 86_400_000;

/**
 * How often a distance at least this large is to be expected in a series' normal life, in times a day. Peaks over
 * threshold (Siffer et al. 2017): the threshold is a streaming quantile, what stays above it is one peak, the peaks'
 * excess is a generalised Pareto tail by probability-weighted moments (Hosking and Wallis 1987) drawn towards a prior
 * while there are few. Counting by the day and not by the point makes the answer the same at any sampling interval.
 * A model that promised too much is corrected by how often it was wrong.
 */
export class Tail {
  /** Distances before it can say anything. */
  static readonly needed = WARM_UP;
  private readonly peaks = new SortedWindow(KEPT, 'shorts');
  private readonly threshold = new Quantile();
  private points = 0;
  /** Observed time, ms: gaps count no more than ten usual ones. */
  elapsed = 0;
  private last = 0;
  private usualGap = 0;
  /** The peak that is not over: its height, points below since, and how long it lasts. */
  private height = 0;
  private below = 0;
  private lasting = 0;
  private total = 0;
  /** When the last peak ended, and the usual time between peaks, in `elapsed`. */
  private lastPeak = 0;
  private usualPeakGap = 0;
  /** Promises broken, and points since the last one; -1 for none going on. */
  private broken = 0;
  private calm = -1;
  /** The fit to the peaks above `base`, made after each peak. */
  private base = 0;
  private above = 0;
  private scale = 1;
  private shape: number = PRIOR.shape;

  /** Times a day, positive; Infinity while it is too young to say. */
  timesADay(distance: number): number {
    return this.promised(distance) * this.correction();
  }

  /** The same as the probability of a point, (0,1]. */
  probability(distance: number): number {
    return Math.min(1, (this.timesADay(distance) * Math.max(1, this.usualGap)) / DAY_MS);
  }

  learn(distance: number, time: number): void {
    this.pass(time);
    this.keepWord(distance);
    this.points += 1;
    if (this.points <= WARM_UP) this.warmUp(distance);
    else this.follow(distance);
  }

  write(to: Numbers): void {
    to.addAll([
      this.points,
      this.elapsed,
      this.last,
      this.usualGap,
      this.height,
      this.below,
      this.total,
      this.lasting,
    ]);
    to.addAll([this.lastPeak, this.usualPeakGap, this.broken, this.calm, this.base]);
    this.threshold.write(to);
    this.peaks.write(to);
  }

  restore(state: Float64Array): void {
    const [points = 0, elapsed = 0, last = 0, usualGap = 0, height = 0, below = 0, total = 0, lasting = 0] =
      state;
    const [lastPeak = 0, usualPeakGap = 0, broken = 0, calm = -1, base = 0] = state.subarray(8);
    Object.assign(this, { points, elapsed, last, usualGap, height, below, total, lasting });
    Object.assign(this, { lastPeak, usualPeakGap, broken, calm });
    this.threshold.restore(state.subarray(13, 15));
    this.peaks.restore(state.subarray(15));
    if (points >= WARM_UP) this.fit(base);
  }

  /** No distance at all is never strange, wherever the threshold is. */
  private isTail(distance: number): boolean {
    return distance > 0 && distance > this.threshold.value;
  }

  private promised(distance: number): number {
    if (this.points < WARM_UP) return Number.POSITIVE_INFINITY;
    if (!this.isTail(distance)) return ORDINARY;
    const times = ((this.above + 1) * DAY_MS) / Math.max(1, this.covered());
    return times * (1 + (this.shape * Math.max(0, distance - this.base)) / this.scale) ** (-1 / this.shape);
  }

  /** What the remembered peaks are the peaks of, ms. */
  private covered(): number {
    return this.total <= KEPT ? this.elapsed : KEPT * this.usualPeakGap;
  }

  /** At least 1: how much oftener than promised, squared, since a tail that is wrong once is wrong further out as well. */
  private correction(): number {
    const promised = (PROMISED * this.elapsed) / DAY_MS + CREDIT;
    const excess = (this.broken + CREDIT) / promised;
    return excess <= 1 ? 1 : excess * excess;
  }

  private keepWord(distance: number): void {
    if (this.isTail(distance) && this.promised(distance) < PROMISED) {
      if (this.calm < 0) this.broken += 1;
      this.calm = 0;
    } else if (this.calm >= 0) this.calm = this.calm >= 3 * APART ? -1 : this.calm + 1;
  }

  private pass(time: number): void {
    const gap = this.points === 0 ? 0 : Math.max(0, time - this.last);
    const most = this.points < 3 ? gap : 10 * this.usualGap + 1;
    const taken = Math.min(gap, most);
    this.usualGap += Math.max(0.01, 1 / (this.points + 1)) * (taken - this.usualGap);
    this.elapsed += taken;
    this.last = this.points === 0 ? time : Math.max(this.last, time);
  }

  /** The first distances set the threshold. */
  private warmUp(distance: number): void {
    this.peaks.push(codeOf(distance));
    if (this.points < WARM_UP) return;
    const first = Array.from({ length: WARM_UP }, (_, i) => scoreOf(this.peaks.at(i)));
    this.threshold.begin(first, MOST_TAIL);
    this.peaks.restore(new Float64Array());
    this.lastPeak = this.elapsed;
    this.fit(this.threshold.value);
  }

  private follow(distance: number): void {
    const aDay = (TAIL_A_DAY * this.usualGap) / DAY_MS;
    const share = Math.min(MOST_TAIL, Math.max(aDay, LEAST_TAIL / this.points));
    // A peak that goes on is one opinion of where the tail begins, not many.
    const pace = Math.max(0.002, 1 / this.points) * (this.lasting > LASTING ? 0.1 : 1);
    this.threshold.follow(distance, share, pace);
    this.lasting = this.height > 0 ? this.lasting + 1 : 0;
    if (this.isTail(distance)) {
      this.height = Math.max(this.height, distance);
      this.below = 0;
    } else if (this.height > 0) {
      this.below += 1;
      if (this.below >= APART) this.endPeak();
    }
  }

  private endPeak(): void {
    this.total += 1;
    const gap = this.elapsed - this.lastPeak;
    this.lastPeak = this.elapsed;
    this.usualPeakGap += Math.max(1 / this.total, 1 / KEPT) * (gap - this.usualPeakGap);
    this.peaks.push(codeOf(this.height));
    this.height = 0;
    this.fit(this.threshold.value);
  }

  /** Mean excess a0 and the mean weighted by rank a1 give shape and scale. */
  private fit(base: number): void {
    const { peaks } = this;
    let a0 = 0;
    let a1 = 0;
    let count = 0;
    for (let i = peaks.size - 1; i >= 0; i -= 1) {
      const excess = scoreOf(peaks.at(i)) - base;
      if (excess <= 0) break;
      a0 += excess;
      a1 += excess * count;
      count += 1;
    }
    a0 /= Math.max(1, count);
    a1 /= Math.max(1, count * (count - 1));
    const own = count > 3 && a0 > 2 * a1 ? 2 - a0 / (a0 - 2 * a1) : 0;
    const trust = count / (count + PRIOR.shapeWeight);
    this.shape = trust * Math.max(0.001, Math.min(HEAVIEST, own)) + (1 - trust) * PRIOR.shape;
    const prior = PRIOR.scale * Math.max(base, 1) * PRIOR.scaleWeight;
    this.scale = Math.max(1e-9, ((a0 * count + prior) / (count + PRIOR.scaleWeight)) * (1 - this.shape));
    this.base = base;
    this.above = count;
  }
}
