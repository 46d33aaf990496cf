/**
 * A quantile that follows a stream in constant memory: stochastic approximation (Robbins and Monro 1951) in steps of the
 * usual distance between a value and the quantile. Its cells: the quantile, and that distance.
 */
export const QUANTILE = [0, 0] as const;
const VALUE = 0;
const STEP = 1;

const LEAST_STEP = 1e-9;

export function quantileOf(cells: Float64Array, at: number): number {
  return cells[at + VALUE] ?? 0;
}

/** From the first values, sorted; `share` of all values lies above the quantile. */
export function beginQuantile(
  cells: Float64Array,
  at: number,
  sorted: ArrayLike<number>,
  share: number,
): void {
  const part = (of: number) => sorted[Math.floor(of * (sorted.length - 1))] ?? 0;
  cells[at + VALUE] = part(1 - share);
  cells[at + STEP] = Math.max(LEAST_STEP, 0.1 * (part(0.9) - part(0.1)));
}

/** How it follows: which share of all values is to lie above, and the share of a new one in the usual distance, (0,1]. */
export interface Following {
  readonly share: number;
  readonly pace: number;
}

export function followQuantile(
  cells: Float64Array,
  at: number,
  value: number,
  { share, pace }: Following,
): void {
  const quantile = cells[at + VALUE] ?? 0;
  const step = cells[at + STEP] ?? 0;
  const over = value - quantile;
  cells[at + VALUE] = quantile + 5 * pace * step * (over > 0 ? 1 - share : -share);
  const distance = Math.min(Math.abs(over), 10 * step + LEAST_STEP);
  cells[at + STEP] = Math.max(LEAST_STEP, step + pace * (distance - step));
}
