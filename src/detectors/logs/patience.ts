import type { Numbers } from '../memory/numbers.ts';

/** Points rarer than this (tail probability) wait before they are learnt. */
export const STRANGE = 0.01;

/** How many points later a strange one is learnt: an outage must not define what is normal while it begins. */
const PATIENCE = 12;

interface Waiting {
  readonly at: number;
  readonly numbers: readonly number[];
}

const NOBODY: Waiting[] = [];

/** Strange points on their way into memory, oldest first, each as `width` numbers. */
export class Patience {
  private readonly width: number;
  /** Hardly ever is there one: all that are empty are the same. */
  private waiting = NOBODY;

  constructor(width: number) {
    this.width = width;
  }

  hold(at: number, numbers: readonly number[]): void {
    this.waiting = [...this.waiting, { at, numbers }];
  }

  /** Does any wait? */
  some(): boolean {
    return this.waiting.length > 0;
  }

  /** The oldest whose time has come, or null. */
  release(at: number): readonly number[] | null {
    const first = this.waiting[0];
    if (first === undefined || first.at + PATIENCE > at) return null;
    this.waiting = this.waiting.length === 1 ? NOBODY : this.waiting.slice(1);
    return first.numbers;
  }

  write(to: Numbers): void {
    to.add(this.waiting.length);
    for (const { at, numbers } of this.waiting) {
      to.add(at);
      to.addAll(numbers);
    }
  }

  /** Reads its own numbers from the front of `state` and answers the rest. */
  restore(state: Float64Array): Float64Array {
    const count = state[0] ?? 0;
    const each = this.width + 1;
    const end = 1 + count * each;
    if (end > state.length) throw new RangeError('not a snapshot of strange points');
    this.waiting = Array.from({ length: count }, (_, i) => {
      const [at = 0, ...numbers] = state.subarray(1 + i * each, 1 + (i + 1) * each);
      return { at, numbers };
    });
    return state.subarray(end);
  }
}
