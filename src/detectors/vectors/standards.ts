import { unitsOf, usable } from '../detector.ts';
import type { Numbers } from '../memory/numbers.ts';
import { MOST_METRICS } from './vector.ts';

/** Usual distances from its level that are told apart. */
export const FARTHEST = 8;
/** Values after which what was learnt of a metric has faded to about a third. */
const MEMORY = 2000;
/** Of what a metric was when it came last, so much is left a vector later: it is likely to be so still. */
const HELD = 0.9;
/** Numbers a metric: values learnt, level, usual distance from it, and how far it was from it at last. */
const WIDTH = 4;
const SEEN = 0;
const LEVEL = 1;
const USUAL = 2;
const LAST = 3;

/** What is usual of each metric of a source, so that bytes and percents can be looked at together. */
export class Standards {
  private readonly learnt = new Float64Array(MOST_METRICS * WIDTH);
  private readonly offsets = new Float64Array(MOST_METRICS);
  private metrics = 0;

  /** How far each metric is from its level, in usual distances, -8 to 8; what says nothing is held where it was. Good until the next call. */
  offsetsOf(values: Float64Array): Float64Array {
    const count = Math.max(this.metrics, Math.min(values.length, MOST_METRICS));
    for (let i = 0; i < count; i += 1) this.offsets[i] = this.offsetOf(i, values[i] ?? Number.NaN);
    return this.offsets.subarray(0, count);
  }

  learn(values: Float64Array): void {
    this.metrics = Math.max(this.metrics, Math.min(values.length, MOST_METRICS));
    for (let i = 0; i < this.metrics; i += 1) {
      this.learnt[i * WIDTH + LAST] = this.offsetOf(i, values[i] ?? Number.NaN);
      this.learnOne(i * WIDTH, values[i] ?? Number.NaN);
    }
  }

  write(to: Numbers): void {
    to.addAll(this.learnt, 0, this.metrics * WIDTH);
  }

  restore(state: Float64Array): void {
    this.metrics = state.length / WIDTH;
    this.learnt.fill(0).set(state);
  }

  private offsetOf(i: number, raw: number): number {
    const value = usable(raw);
    const { learnt } = this;
    if (value === null) return HELD * (learnt[i * WIDTH + LAST] ?? 0);
    if ((learnt[i * WIDTH + SEEN] ?? 0) < 2) return 0;
    const level = learnt[i * WIDTH + LEVEL] ?? 0;
    const units = unitsOf(Math.abs(value - level), learnt[i * WIDTH + USUAL] ?? 0, level);
    return Math.sign(value - level) * Math.min(FARTHEST, units);
  }

  private learnOne(at: number, raw: number): void {
    const value = usable(raw);
    if (value === null) return;
    const { learnt } = this;
    const seen = (learnt[at + SEEN] ?? 0) + 1;
    const level = learnt[at + LEVEL] ?? 0;
    const usual = learnt[at + USUAL] ?? 0;
    const share = Math.max(1 / MEMORY, 1 / seen);
    const distance = seen === 1 ? 0 : Math.abs(value - level);
    const bound = seen <= 20 ? distance : Math.min(distance, FARTHEST * usual + Number.MIN_VALUE);
    learnt[at + SEEN] = seen;
    learnt[at + LEVEL] = seen === 1 ? value : level + share * Math.sign(value - level) * bound;
    if (seen > 1) learnt[at + USUAL] = usual + Math.max(1 / MEMORY, 1 / (seen - 1)) * (bound - usual);
  }
}
