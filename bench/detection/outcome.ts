import { pointAuc, type Ranked, volumeUnderPr } from './areas.ts';
import type { Judge } from './judge.ts';
import type { Label, LabelledSeries } from './labelled-series.ts';
import { match } from './metrics.ts';
import { DAY } from './processes.ts';

/** Intervals after the end of a window within which an episode still counts for it. */
const TOLERANCE = 20;

export interface Found extends Label {
  /** From the start to the first episode, in intervals; null when it was missed. */
  readonly delay: number | null;
}

/** What a judge made of one labelled series. */
export interface Outcome {
  readonly base: string;
  readonly intervalMs: number;
  readonly found: readonly Found[];
  /** After the first day, which is for learning. */
  readonly falseAlarms: number;
  readonly daysJudged: number;
  /** Null where nothing is wrong. */
  readonly vus: number | null;
  readonly auc: number | null;
}

export function outcomeOf(series: LabelledSeries, judge: Judge): Outcome {
  const { base, intervalMs, days, samples, truth } = series;
  const judgedFrom = (samples[0]?.time ?? 0) + DAY;
  const scores = new Float64Array(samples.length);
  const openings: number[] = [];
  for (const [i, { time, value }] of samples.entries()) {
    const { raw, opened } = judge.push(time, value);
    scores[i] = raw;
    if (opened && time >= judgedFrom) openings.push(time);
  }
  const { delays, falseAlarms } = match(openings, truth, TOLERANCE * intervalMs);
  const found = truth.map((label, i) => ({ ...label, delay: inIntervals(delays[i] ?? null, intervalMs) }));
  const ranked = rankedOf(series, scores);
  const areas = { vus: volumeUnderPr(ranked), auc: pointAuc(ranked) };
  return { base, intervalMs, found, falseAlarms, daysJudged: days - 1, ...areas };
}

function inIntervals(delayMs: number | null, intervalMs: number): number | null {
  return delayMs === null ? null : delayMs / intervalMs;
}

/** Scores of a series' samples beside the truth. */
export function rankedOf({ samples, truth }: LabelledSeries, scores: Float64Array): Ranked {
  const isWrong = (time: number) => truth.some(({ start, end }) => time >= start && time <= end);
  return { scores, truth: Uint8Array.from(samples, ({ time }) => Number(isWrong(time))) };
}
