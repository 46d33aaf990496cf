/**
 * The last `capacity` numbers, in order of arrival and in order of size. Insertion costs one shift of a short typed
 * array, quantiles cost nothing.
 */
export interface SortedWindow {
  readonly size: number;
  push(value: number): void;
  /** Linear interpolation between order statistics; `q` in [0,1]; NaN when empty. */
  quantile(q: number): number;
  /** How many are at least `value`. */
  countAtLeast(value: number): number;
  /** The i-th smallest. */
  at(index: number): number;
  /** Arrival order, oldest first. */
  values(): readonly number[];
  restore(values: ArrayLike<number>): void;
}

export function sortedWindow(capacity: number): SortedWindow {
  const ring = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let size = 0;
  let next = 0;

  function push(value: number): void {
    if (size === capacity) removeSorted(sorted, size, ring[next] ?? 0);
    else size += 1;
    insertSorted(sorted, size, value);
    ring[next] = value;
    next = (next + 1) % capacity;
  }

  return {
    get size() {
      return size;
    },
    push,
    quantile: (q) => quantileOf(sorted, size, q),
    countAtLeast: (value) => size - lowerBound(sorted, size, value),
    at: (index) => sorted[index] ?? Number.NaN,
    values() {
      const start = size === capacity ? next : 0;
      return Array.from({ length: size }, (_, i) => ring[(start + i) % capacity] ?? 0);
    },
    restore(values) {
      size = 0;
      next = 0;
      for (let i = Math.max(0, values.length - capacity); i < values.length; i += 1) push(values[i] ?? 0);
    },
  };
}

function lowerBound(sorted: Float64Array, size: number, value: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function removeSorted(sorted: Float64Array, size: number, value: number): void {
  const index = lowerBound(sorted, size, value);
  sorted.copyWithin(index, index + 1, size);
}

/** `size` already counts the new value. */
function insertSorted(sorted: Float64Array, size: number, value: number): void {
  const index = lowerBound(sorted, size - 1, value);
  sorted.copyWithin(index + 1, index, size - 1);
  sorted[index] = value;
}

function quantileOf(sorted: Float64Array, size: number, q: number): number {
  if (size === 0) return Number.NaN;
  const position = q * (size - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, size - 1)] ?? low;
  return low + (high - low) * (position - below);
}
