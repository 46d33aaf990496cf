/** What a cumulative or delta point counts. Times in nanoseconds. */
export interface Totals {
  /** When counting began; 0 where the sender does not say. */
  readonly start: number;
  readonly time: number;
  /** Counts, each of which only grows until counting begins again. */
  readonly counts: readonly number[];
  /** Sum of what was measured; it may shrink. */
  readonly sum: number;
}

/** What was counted between two points. */
export interface Growth {
  readonly counts: readonly number[];
  readonly sum: number;
  readonly seconds: number;
}

/**
 * What a cumulative series has counted since the point before it; null when that cannot be said.
 *
 * Counting began anew when the start has moved on or a count has shrunk: then all that is counted came since the last
 * point. Of a series that is new, all came since `exported`, the time of the export before it by the same resource
 * (0 for none), if it says that it began later than that; else its first point is where we begin.
 */
export function growthOf(before: Totals | null, now: Totals, exported: number): Growth | null {
  if (before === null) {
    return exported > 0 && now.start >= exported ? grown(now, exported) : null;
  }
  if (now.time <= before.time) return null; // sent again, or overtaken
  if (now.start > before.start || shrunk(before, now)) return grown(now, before.time);
  const counts = now.counts.map((count, i) => count - (before.counts[i] ?? 0));
  return { ...grown(now, before.time), counts, sum: now.sum - before.sum };
}

/** What one delta point has counted; where it says no start, since the point before it. */
export function deltaGrowth(before: Totals | null, now: Totals): Growth | null {
  const since = now.start > 0 ? now.start : (before?.time ?? 0);
  return since > 0 && since < now.time ? grown(now, since) : null;
}

function grown({ time, counts, sum }: Totals, since: number): Growth {
  return { counts, sum, seconds: (time - since) / 1e9 };
}

function shrunk(before: Totals, now: Totals): boolean {
  return (
    before.counts.length !== now.counts.length ||
    now.counts.some((count, i) => count < (before.counts[i] ?? 0))
  );
}
