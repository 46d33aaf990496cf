import { KeptWord } from './kept-word.ts';
import type { Numbers } from './numbers.ts';
import { ObservedTime } from './observed-time.ts';
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
/** Points after which a peak is a long one, and the pace with which it then moves the threshold. */
const LASTING = 24;
const LATER = 0.2;
/** Shape, and scale in thresholds (of one usual distance at least), assumed of a tail that has shown nothing, and how many peaks that is worth. */
const PRIOR = { shape: 0.3, shapeWeight: 12, scale: 0.5, scaleWeight: 3 } as const;
const HEAVIEST = 0.7;
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
  private readonly time = new ObservedTime();
  private readonly word = new KeptWord();
  /** The peak that is not over: its height, points below since, and how long it lasts. */
  private height = 0;
  private below = 0;
  private lasting = 0;
  private total = 0;
  /** When the last peak ended, and the usual time between peaks, in observed time. */
  private lastPeak = 0;
  private usualPeakGap = 0;
  /** The fit to the peaks above `base`, made after each peak. */
  private base = 0;
  private above = 0;
  private scale = 1;
  private shape: number = PRIOR.shape;

  /** Time that was observed, ms. */
  get elapsed(): number {
    return this.time.elapsed;
  }

  /** Between two points, ms. */
  get usualGap(): number {
    return this.time.usualGap;
  }

  /** Distances learnt. */
  get points(): number {
    return this.time.points;
  }

  /** Times a day, positive; Infinity while it is too young to say. */
  timesADay(distance: number): number {
    return this.promised(distance) * this.word.correction(this.time.elapsed);
  }

  /** The same as the probability of a point, (0,1]. */
  probability(distance: number): number {
    return Math.min(1, (this.timesADay(distance) * Math.max(1, this.time.usualGap)) / DAY_MS);
  }

  learn(distance: number, time: number): void {
    this.word.learn(this.promised(distance));
    this.time.pass(time);
    if (this.time.points <= WARM_UP) this.warmUp(distance);
    else this.follow(distance);
  }

  write(to: Numbers): void {
    this.time.write(to);
    this.word.write(to);
    this.threshold.write(to);
    to.addAll([this.height, this.below, this.lasting, this.total]);
    to.addAll([this.lastPeak, this.usualPeakGap, this.base]);
    this.peaks.write(to);
  }

  restore(state: Float64Array): void {
    this.time.restore(state.subarray(0, 4));
    this.word.restore(state.subarray(4, 6));
    this.threshold.restore(state.subarray(6, 8));
    const [height = 0, below = 0, lasting = 0, total = 0] = state.subarray(8, 12);
    const [lastPeak = 0, usualPeakGap = 0, base = 0] = state.subarray(12, 15);
    Object.assign(this, { height, below, lasting, total, lastPeak, usualPeakGap });
    this.peaks.restore(state.subarray(15));
    if (this.time.points >= WARM_UP) this.fit(base);
  }

  /** No distance at all is never strange, wherever the threshold is. */
  private isTail(distance: number): boolean {
    return distance > 0 && distance > this.threshold.value;
  }

  private promised(distance: number): number {
    if (this.time.points < WARM_UP) return Number.POSITIVE_INFINITY;
    if (!this.isTail(distance)) return ORDINARY;
    const times = ((this.above + 1) * DAY_MS) / Math.max(1, this.covered());
    return times * (1 + (this.shape * Math.max(0, distance - this.base)) / this.scale) ** (-1 / this.shape);
  }

  /** What the remembered peaks are the peaks of, ms. */
  private covered(): number {
    return this.total <= KEPT ? this.time.elapsed : KEPT * this.usualPeakGap;
  }

  /** The first distances set the threshold. */
  private warmUp(distance: number): void {
    this.peaks.push(codeOf(distance));
    if (this.time.points < WARM_UP) return;
    const first = Array.from({ length: WARM_UP }, (_, i) => scoreOf(this.peaks.at(i)));
    this.threshold.begin(first, MOST_TAIL);
    this.peaks.restore(new Float64Array());
    this.lastPeak = this.time.elapsed;
    this.fit(this.threshold.value);
  }

  private follow(distance: number): void {
    const aDay = (TAIL_A_DAY * this.time.usualGap) / DAY_MS;
    const share = Math.min(MOST_TAIL, Math.max(aDay, LEAST_TAIL / this.time.points));
    // A peak that goes on is one opinion of where the tail begins, not many.
    const pace = Math.max(0.002, 1 / this.time.points) * (this.lasting > LASTING ? LATER : 1);
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
    const gap = this.time.elapsed - this.lastPeak;
    this.lastPeak = this.time.elapsed;
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
