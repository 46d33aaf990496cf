/** How well scores rank what is anomalous above what is not, whatever the threshold: areas under precision over recall. */
export interface Ranked {
  readonly scores: Float64Array;
  /** 1 a point for anomalous, else 0. */
  readonly truth: Uint8Array;
}

/** Average precision over points, 0..1; null when nothing is anomalous. */
export function pointAuc(ranked: Ranked): number | null {
  const labels = Float64Array.from(ranked.truth);
  return areaUnder(ranking(ranked.scores), { labels, positives: total(labels), ranges: null });
}

/** Widths of the tolerance, in points, that the volume averages over. */
const WIDTHS = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

/**
 * VUS-PR, 0..1 (Paparrizos et al. 2022, "Volume under the surface"): the mean over widths of the range-based area, in
 * which points near a range count in part and a range that is missed altogether costs recall. Every score is a threshold, where
 * the authors' program takes 250 quantiles. Null when nothing is anomalous.
 */
export function volumeUnderPr(ranked: Ranked, widths: readonly number[] = WIDTHS): number | null {
  const order = ranking(ranked.scores);
  const positives = total(ranked.truth);
  let volume = 0;
  for (const width of widths) {
    const labels = softened(ranked.truth, width);
    const soft = { labels, positives: (positives + total(labels)) / 2, ranges: rangesOf(labels) };
    const area = areaUnder(order, soft);
    if (area === null) return null;
    volume += area / widths.length;
  }
  return volume;
}

/** Points from the highest score to the lowest. Those of one score are flagged together: a threshold cannot tell them apart. */
interface Ranking {
  readonly points: Uint32Array;
  /** How many points are flagged at each threshold. */
  readonly flagged: readonly number[];
}

function ranking(scores: Float64Array): Ranking {
  const points = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
  const scoreAt = (rank: number) => scores[points[rank] ?? -1];
  const flagged: number[] = [];
  for (let rank = 1; rank <= points.length; rank += 1) {
    if (scoreAt(rank) !== scoreAt(rank - 1)) flagged.push(rank);
  }
  return { points, flagged };
}

/** Each range fades out over half of `width` points on both sides: at distance d to the root of 1 - d / width. */
function softened(truth: Uint8Array, width: number): Float64Array {
  const labels = Float64Array.from(truth);
  const reach = Math.floor(width / 2);
  for (let i = 0; i < truth.length; i += 1) {
    if (truth[i] === 0) continue;
    if (truth[i - 1] !== 1) fade(labels, i, -1, { reach, width });
    if (truth[i + 1] !== 1) fade(labels, i, 1, { reach, width });
  }
  return labels;
}

function fade(
  labels: Float64Array,
  edge: number,
  step: 1 | -1,
  { reach, width }: { readonly reach: number; readonly width: number },
): void {
  for (let away = 1; away <= reach; away += 1) {
    const at = edge + step * away;
    const label = labels[at];
    if (label !== undefined) labels[at] = Math.min(1, label + Math.sqrt(1 - away / width));
  }
}

interface Ranges {
  readonly count: number;
  /** Number of the range that a point lies in, from 1 on; 0 for none. */
  readonly of: Uint32Array;
}

function rangesOf(labels: Float64Array): Ranges {
  const of = new Uint32Array(labels.length);
  let count = 0;
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] === 0) continue;
    if (i === 0 || labels[i - 1] === 0) count += 1;
    of[i] = count;
  }
  return { count, of };
}

interface Truth {
  /** 0..1 a point. */
  readonly labels: Float64Array;
  /** What recall is a share of. */
  readonly positives: number;
  /** Recall is also the share of ranges found, where ranges are given. */
  readonly ranges: Ranges | null;
}

/** The threshold goes down from score to score. */
function areaUnder({ points, flagged }: Ranking, { labels, positives, ranges }: Truth): number | null {
  if (positives === 0) return null;
  const found = new Set<number>();
  let [truePositives, area, before, rank] = [0, 0, 0, 0];
  for (const many of flagged) {
    for (; rank < many; rank += 1) {
      const at = points[rank] ?? 0;
      truePositives += labels[at] ?? 0;
      if (ranges !== null) found.add(ranges.of[at] ?? 0);
    }
    // 0 stands for no range.
    const existence = ranges === null ? 1 : (found.size - Number(found.has(0))) / ranges.count;
    const recall = Math.min(1, truePositives / positives) * existence;
    area += (recall - before) * (truePositives / many);
    before = recall;
  }
  return area;
}

function total(values: Float64Array | Uint8Array): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}
