/** Points rarer than this (tail probability) wait before they are learnt. */
export const STRANGE = 0.01;

/** How many points later a strange one is learnt: an outage must not define what is normal while it begins. */
const PATIENCE = 12;

/** Strange points on their way into memory, oldest first, each as `width` numbers. */
export interface Patience {
  hold(at: number, numbers: readonly number[]): void;
  /** The oldest whose time has come, or null. */
  release(at: number): readonly number[] | null;
  snapshot(): readonly number[];
  /** Reads its own numbers from the front of `state` and answers the rest. */
  restore(state: Float64Array): Float64Array;
}

export function patience(width: number): Patience {
  let waiting: { readonly at: number; readonly numbers: readonly number[] }[] = [];
  return {
    hold(at, numbers) {
      waiting.push({ at, numbers });
    },
    release(at) {
      const first = waiting[0];
      if (first === undefined || first.at + PATIENCE > at) return null;
      waiting.shift();
      return first.numbers;
    },
    snapshot: () => [waiting.length, ...waiting.flatMap(({ at, numbers }) => [at, ...numbers])],
    restore(state) {
      const count = state[0] ?? 0;
      const end = 1 + count * (width + 1);
      if (end > state.length) throw new RangeError('not a snapshot of strange points');
      waiting = Array.from({ length: count }, (_, i) => {
        const [at = 0, ...numbers] = state.subarray(1 + i * (width + 1), 1 + (i + 1) * (width + 1));
        return { at, numbers };
      });
      return state.subarray(end);
    },
  };
}
