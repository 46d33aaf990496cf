/** Share of a new gap in the usual one, once there are many. */
const SHARE = 0.01;
/** Usual gaps that one gap counts at most: nobody was there meanwhile. */
const LONGEST = 10;

/**
 * How long a series has been observed: the gaps between its points, those in which nobody was there cut short. Its cells:
 * the points so far, all gaps and the usual one in ms, and the time of the last point, epoch ms.
 */
export const TIME = [0, 0, 0, 0] as const;
const POINTS = 0;
const ELAPSED = 1;
const USUAL_GAP = 2;
const LAST = 3;

export function pointsOf(cells: Float64Array, at: number): number {
  return cells[at + POINTS] ?? 0;
}

/** In all, ms. */
export function elapsedOf(cells: Float64Array, at: number): number {
  return cells[at + ELAPSED] ?? 0;
}

/** Between two points, ms. */
export function usualGapOf(cells: Float64Array, at: number): number {
  return cells[at + USUAL_GAP] ?? 0;
}

/** A point at `time`, epoch ms; one that comes late does not turn it back. */
export function pass(cells: Float64Array, at: number, time: number): void {
  const gaps = cells[at + POINTS] ?? 0;
  const last = cells[at + LAST] ?? 0;
  cells[at + POINTS] = gaps + 1;
  cells[at + LAST] = gaps === 0 ? time : Math.max(last, time);
  if (gaps === 0) return;
  const usual = cells[at + USUAL_GAP] ?? 0;
  const gap = Math.max(0, time - last);
  const taken = gaps < 3 ? gap : Math.min(gap, LONGEST * usual + 1);
  cells[at + USUAL_GAP] = usual + (gaps < 1 / SHARE ? 1 / gaps : SHARE) * (taken - usual);
  cells[at + ELAPSED] = (cells[at + ELAPSED] ?? 0) + taken;
}
