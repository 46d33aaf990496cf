/** A bucket of a histogram: `count` values in (low, high]. */
export interface Slice {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Buckets between explicit bounds. As in Prometheus' `histogram_quantile`, the first begins at 0 where its bound is above,
 * and the last, which has no end, is taken to lie at its lower bound.
 */
export function explicitSlices(bounds: readonly number[], counts: readonly number[]): readonly Slice[] {
  return counts.map((count, i) => {
    const high = bounds[i] ?? bounds.at(-1) ?? 0;
    const low = i === 0 ? Math.min(0, high) : (bounds[i - 1] ?? high);
    return { low, high, count };
  });
}

/** Value below which the share `q` (0..1) lies, by linear interpolation within its bucket; null for no values. */
export function quantileOf(slices: readonly Slice[], q: number): number | null {
  const all = slices.reduce((sum, { count }) => sum + count, 0);
  if (all <= 0) return null;
  const rank = q * all;
  let below = 0;
  let last: Slice | null = null;
  for (const slice of slices) {
    if (slice.count <= 0) continue;
    last = slice;
    if (below + slice.count >= rank) break;
    below += slice.count;
  }
  if (last === null) return null;
  const share = Math.min(1, Math.max(0, (rank - below) / last.count));
  return last.low + (last.high - last.low) * share;
}
