import { describe, expect, it } from 'vitest';
import { pointAuc, type Ranked, volumeUnderPr } from '../../../bench/detection/areas.ts';
import { match, quality } from '../../../bench/detection/metrics.ts';
import { seeded } from '../../../bench/detection/random.ts';

const windows = [
  { start: 100, end: 200 },
  { start: 500, end: 500 },
];

describe('episodes against the truth', () => {
  it('counts an opening inside a window or soon after it, once a window; others are false', () => {
    expect(match([99, 150, 180, 520, 521], windows, 20)).toEqual({ delays: [50, 20], falseAlarms: 2 });
    expect(match([200, 221], windows, 20)).toEqual({ delays: [100, null], falseAlarms: 1 });
    expect(match([], windows, 20)).toEqual({ delays: [null, null], falseAlarms: 0 });
    expect(match([7, 8], [], 20)).toEqual({ delays: [], falseAlarms: 2 });
  });

  it('says precision, recall and F1, and nothing of nothing', () => {
    expect(quality(3, 4, 1)).toEqual({ precision: 0.75, recall: 0.75, f1: 0.75 });
    expect(quality(1, 4, 0)).toEqual({ precision: 1, recall: 0.25, f1: 0.4 });
    expect(quality(0, 0, 2)).toEqual({ precision: 0, recall: null, f1: 0 });
    expect(quality(0, 0, 0)).toEqual({ precision: null, recall: null, f1: null });
  });
});

const ranked = (scores: readonly number[], truth: readonly number[]): Ranked => ({
  scores: Float64Array.from(scores),
  truth: Uint8Array.from(truth),
});

describe('area under precision over recall', () => {
  it('of points is the average precision', () => {
    // Flagged first: right (recall 1/2, precision 1), wrong, right (recall 1, precision 2/3).
    expect(pointAuc(ranked([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]))).toBeCloseTo(1 / 2 + 1 / 3, 12);
    expect(pointAuc(ranked([0, 0, 9, 8], [0, 0, 1, 1]))).toBe(1);
    expect(pointAuc(ranked([1, 2], [0, 0]))).toBeNull();
  });

  it('gives points of one score no order among each other', () => {
    expect(pointAuc(ranked([5, 5, 5, 5], [1, 0, 0, 0]))).toBe(0.25);
    expect(pointAuc(ranked([5, 5, 5, 5], [0, 0, 0, 1]))).toBe(0.25);
  });

  it('over ranges asks for each range, not only for points', () => {
    // Both points of the first range, and never the second alone: recall (2/3)(1/2), then all.
    const half = ranked([9, 9, 0, 0, 0, 0], [1, 1, 0, 0, 1, 0]);
    expect(volumeUnderPr(half, [0])).toBeCloseTo(1 / 3 + (2 / 3) * 0.5, 12);
    expect(pointAuc(half)).toBeCloseTo(2 / 3 + (1 / 3) * 0.5, 12);
  });

  it('counts points near a range in part', () => {
    // Width 2: one point on each side counts root 1/2, so the labels sum to 2 + root 2 and recall is of 2 + root 1/2.
    const root = Math.sqrt(0.5);
    const perfect = ranked([0, 0, 0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    const first = 2 / (2 + root);
    expect(volumeUnderPr(perfect, [0])).toBe(1);
    expect(volumeUnderPr(perfect, [2])).toBeCloseTo(first + (1 - first) * ((2 + 2 * root) / 10), 12);
    const late = ranked([0, 0, 0, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    const little = root / (2 + root);
    expect(volumeUnderPr(late, [2])).toBeCloseTo(little * root + (1 - little) * ((2 + 2 * root) / 10), 12);
    expect(volumeUnderPr(perfect, [0, 2])).toBeGreaterThan(volumeUnderPr(late, [0, 2]) ?? 1);
  });

  it('is what the definition says, threshold by threshold', () => {
    const random = seeded(3);
    for (let round = 0; round < 20; round += 1) {
      const truth = Array.from({ length: 60 }, (_, i) => Number(random() < 0.1 || (i > 20 && i < 26)));
      const scores = truth.map((one) => Math.floor(8 * random() + 3 * one));
      expect(volumeUnderPr(ranked(scores, truth), [0, 6])).toBeCloseTo(
        (slowArea(scores, truth, 0) + slowArea(scores, truth, 6)) / 2,
        10,
      );
    }
  });
});

/** Equations 14 to 16 of the paper, for one width. */
function slowArea(scores: readonly number[], truth: readonly number[], width: number): number {
  const edges = truth.flatMap((one, i) => (one === 1 ? [i] : []));
  const starts = edges.filter((i) => truth[i - 1] !== 1);
  const ends = edges.filter((i) => truth[i + 1] !== 1);
  const near = (d: number) => (d > 0 && d <= width / 2 ? Math.sqrt(1 - d / width) : 0);
  const labels = truth.map((one, i) =>
    [...starts.map((s) => near(s - i)), ...ends.map((e) => near(i - e)), one].reduce((sum, x) => sum + x, 0),
  );
  const soft = labels.map((label) => Math.min(1, label));
  const ranges = soft.flatMap((label, i) => (label > 0 && (soft[i - 1] ?? 0) === 0 ? [i] : []));
  const positives = soft.reduce((sum, label, i) => sum + (label + (truth[i] ?? 0)) / 2, 0);
  let [area, before] = [0, 0];
  for (const threshold of [...new Set(scores)].toSorted((a, b) => b - a)) {
    const flagged = scores.map((score) => score >= threshold);
    const tp = soft.reduce((sum, label, i) => sum + (flagged[i] === true ? label : 0), 0);
    const found = ranges.filter((start) => {
      const after = soft.findIndex((label, i) => i > start && label === 0);
      return flagged.slice(start, after < 0 ? soft.length : after).includes(true);
    });
    const recall = Math.min(1, tp / positives) * (found.length / ranges.length);
    area += (recall - before) * (tp / flagged.filter(Boolean).length);
    before = recall;
  }
  return area;
}
