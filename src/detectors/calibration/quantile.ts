import type { Desk } from '../memory/desk.ts';

const LEAST_STEP = 1e-9;

/**
 * Quantiles that follow streams in constant memory: stochastic approximation (Robbins and Monro 1951) in steps of the
 * usual distance between a value and the quantile.
 */
export class Quantiles {
  private readonly desk: Desk;
  /** Of each: the quantile, and that distance. */
  private readonly values: number;
  private readonly steps: number;
  private readonly stops: boolean;

  /**
   * `stops`: at a value that it would pass, so that it is that of values which are all alike. Else it goes round such a value,
   * and half of them lie beyond it.
   */
  constructor(desk: Desk, count: number, stops: boolean) {
    this.desk = desk;
    this.stops = stops;
    this.values = desk.place(count);
    this.steps = desk.place(count);
  }

  value(quantile: number): number {
    return this.desk.doubles[this.values + quantile] ?? 0;
  }

  /** From the first values, sorted; `share` of all values lies above the quantile. */
  begin(quantile: number, sorted: ArrayLike<number>, share: number): void {
    const { doubles } = this.desk;
    const part = (of: number) => sorted[Math.floor(of * (sorted.length - 1))] ?? 0;
    doubles[this.values + quantile] = part(1 - share);
    doubles[this.steps + quantile] = Math.max(LEAST_STEP, 0.1 * (part(0.9) - part(0.1)));
  }

  /** `pace`: share of a new one in the usual distance, (0,1]. Answers the new quantile. */
  follow(quantile: number, value: number, share: number, pace: number): number {
    const { doubles } = this.desk;
    const before = doubles[this.values + quantile] ?? 0;
    const step = doubles[this.steps + quantile] ?? 0;
    const over = value - before;
    const moved = before + 5 * pace * step * (over > 0 ? 1 - share : -share);
    const stopped = over > 0 ? Math.min(value, moved) : Math.max(value, moved);
    const after = this.stops ? stopped : moved;
    doubles[this.values + quantile] = after;
    const distance = Math.min(Math.abs(over), 10 * step + LEAST_STEP);
    doubles[this.steps + quantile] = Math.max(LEAST_STEP, step + pace * (distance - step));
    return after;
  }
}
