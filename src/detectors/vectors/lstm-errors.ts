import type { Numbers } from '../memory/numbers.ts';

/** Shares of a new error in the mean errors that are looked at: the error itself, and what it was of late. */
const PACES = [1, 0.1, 0.03] as const;
/** Share of a new error in the usual one, once there are many. */
const MEMORY = 0.002;
/** Usual errors of one vector that move the usual one at most. */
const CLIP = 8;
/** The least error that is usual, in usual distances of the metric: what never changes is rebuilt almost exactly. */
const LEAST_USUAL = 0.05;
/** Usual errors, squared, from which on a larger one counts by its order of magnitude: the tail of a Student's t. */
const HEAVY = 4;
/** Numbers a metric: each mean error, and its usual size. */
const WIDTH = 2 * PACES.length;

/** The errors of each metric beside those it usually has: many small ones to the same side say as much as a large one. */
export class LstmErrors {
  private readonly learnt: Float64Array;
  private metrics = 0;
  private seen = 0;

  constructor(mostMetrics: number) {
    this.learnt = new Float64Array(mostMetrics * WIDTH);
  }

  /** How strange the error of a metric is, after those before it: 0 for none at all. */
  strangeness(metric: number, error: number): number {
    let sum = 0;
    for (let p = 0; p < PACES.length; p += 1) {
      const at = metric * WIDTH + 2 * p;
      const units = this.mean(at, p, error) / Math.max(LEAST_USUAL, this.learnt[at + 1] ?? 0);
      sum += Math.log(1 + (units * units) / HEAVY);
    }
    return sum;
  }

  /** One error a metric, of the first `metrics`. */
  learn(errors: Float64Array, metrics: number): void {
    this.metrics = metrics;
    this.seen += 1;
    for (let i = 0; i < metrics; i += 1) {
      for (let p = 0; p < PACES.length; p += 1) this.learnOne(i * WIDTH + 2 * p, p, errors[i] ?? 0);
    }
  }

  write(to: Numbers): void {
    to.add(this.seen);
    to.addAll(this.learnt, 0, this.metrics * WIDTH);
  }

  restore(state: Float64Array): void {
    this.seen = state[0] ?? 0;
    this.metrics = (state.length - 1) / WIDTH;
    this.learnt.fill(0).set(state.subarray(1));
  }

  private mean(at: number, p: number, error: number): number {
    const before = this.learnt[at] ?? 0;
    return before + (PACES[p] ?? 1) * (error - before);
  }

  private learnOne(at: number, p: number, error: number): void {
    const { learnt, seen } = this;
    const mean = this.mean(at, p, error);
    const usual = learnt[at + 1] ?? 0;
    const bound = seen <= 20 ? Number.POSITIVE_INFINITY : CLIP * Math.max(LEAST_USUAL, usual);
    learnt[at] = mean;
    learnt[at + 1] = usual + Math.max(MEMORY, 1 / seen) * (Math.min(bound, Math.abs(mean)) - usual);
  }
}
