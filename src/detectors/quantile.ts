import type { Numbers } from './numbers.ts';

/**
 * A quantile that follows a stream in constant memory: stochastic approximation (Robbins and Monro 1951) in steps of the
 * usual distance between a value and the quantile.
 */
export class Quantile {
  value = 0;
  private step = 0;

  /** From the first values, sorted; `share` of all values lies above the quantile. */
  begin(sorted: ArrayLike<number>, share: number): void {
    const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
    this.value = at(1 - share);
    this.step = Math.max(LEAST_STEP, 0.1 * (at(0.9) - at(0.1)));
  }

  /** `pace`: share of a new value in the usual distance, (0,1]. */
  follow(value: number, share: number, pace: number): void {
    const over = value - this.value;
    this.value += 5 * pace * this.step * (over > 0 ? 1 - share : -share);
    const distance = Math.min(Math.abs(over), 10 * this.step + LEAST_STEP);
    this.step = Math.max(LEAST_STEP, this.step + pace * (distance - this.step));
  }

  write(to: Numbers): void {
    to.add(this.value);
    to.add(this.step);
  }

  restore([value = 0, step = 0]: Float64Array): void {
    this.value = value;
    this.step = step;
  }
}

const LEAST_STEP = 1e-9;
