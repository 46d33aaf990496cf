/** What a classic histogram has counted, since the beginning or between two scrapes. */
export interface Distribution {
  /** Upper bounds, ascending; the last is Infinity. */
  readonly bounds: readonly number[];
  /** Observations at or below each bound. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Distribution of the buckets as a page lists them, in any order; null when the bucket without bound is missing. */
export function distributionOf(buckets: ReadonlyMap<number, number>, sum: number): Distribution | null {
  if (!buckets.has(Number.POSITIVE_INFINITY)) return null;
  const sorted = [...buckets].sort(([a], [b]) => (a < b ? -1 : 1));
  return { bounds: sorted.map(([bound]) => bound), counts: sorted.map(([, count]) => count), sum };
}

export function countOf({ counts }: Distribution): number {
  return counts.at(-1) ?? 0;
}

/**
 * What was observed since `before`. A count that went down means that the target began again from zero; buckets that are
 * cut otherwise than before mean that nothing can be said: null.
 */
export function since(before: Distribution, now: Distribution): Distribution | null {
  if (!sameBounds(before, now)) return null;
  if (now.counts.some((count, i) => count < (before.counts[i] ?? 0))) return now;
  return {
    bounds: now.bounds,
    counts: now.counts.map((count, i) => count - (before.counts[i] ?? 0)),
    sum: now.sum - before.sum,
  };
}

/** Both together; those whose bounds differ cannot be added: `a`. */
export function together(a: Distribution, b: Distribution): Distribution {
  if (!sameBounds(a, b)) return a;
  return {
    bounds: a.bounds,
    counts: a.counts.map((count, i) => count + (b.counts[i] ?? 0)),
    sum: a.sum + b.sum,
  };
}

/**
 * The `q`-quantile (q in [0,1]) by linear interpolation within the bucket that holds it, as PromQL's histogram_quantile:
 * the lowest bucket begins at 0 when its bound is positive, and what lies beyond the last finite bound is that bound.
 * Null when nothing was observed or there is no finite bound.
 */
export function quantile(q: number, { bounds, counts }: Distribution): number | null {
  const rising = monotonic(counts);
  const total = rising.at(-1) ?? 0;
  const last = bounds.at(-2);
  if (last === undefined || !(total > 0)) return null;
  const rank = q * total;
  const index = rising.findIndex((count) => count >= rank);
  const upper = bounds[index] ?? 0;
  if (upper === Number.POSITIVE_INFINITY) return last;
  const { lower, below } =
    index === 0 ? LOWEST : { lower: at(bounds, index - 1), below: at(rising, index - 1) };
  if (upper <= lower) return upper;
  const inside = at(rising, index) - below;
  return inside === 0 ? lower : lower + (upper - lower) * ((rank - below) / inside);
}

const LOWEST = { lower: 0, below: 0 };

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

/** Counts of a page that was written while it was counted on may fall; they are taken not to. */
function monotonic(counts: readonly number[]): readonly number[] {
  let most = 0;
  return counts.map((count) => {
    most = Math.max(most, count);
    return most;
  });
}

function sameBounds(a: Distribution, b: Distribution): boolean {
  return a.bounds.length === b.bounds.length && a.bounds.every((bound, i) => bound === b.bounds[i]);
}
