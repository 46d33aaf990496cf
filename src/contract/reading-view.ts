import { z } from 'zod';
import type { Evidence, Range, Reading } from '../domain/detection.ts';
import { explain } from '../domain/explain.ts';
import { iso, isoOf } from './iso.ts';

export const rangeView = z.tuple([z.number(), z.number()]);

const deviationView = z.object({
  kind: z.literal('deviation'),
  /** What was compared: the value, its change, the mean or the mean step of the last points, or how long one value stays. */
  compared: z.enum(['value', 'change', 'mean', 'step', 'stillness']),
  value: z.number(),
  points: z.number(),
  span_ms: z.number(),
  baseline: z.number(),
  spread: z.number(),
  expected: rangeView.nullable(),
  learned: z.number(),
  since: iso,
  tail: z.number(),
  times_a_day: z.number(),
});

const evidenceView = z.discriminatedUnion('kind', [
  deviationView,
  z.object({ kind: z.literal('new_template'), template: z.string(), learned: z.number() }),
  z.object({
    kind: z.literal('new_error'),
    error_type: z.string(),
    where: z.string().nullable(),
    learned: z.number(),
  }),
  z.object({
    kind: z.literal('rate'),
    per_minute: z.number(),
    usual_per_minute: z.number(),
    learned: z.number(),
    since: iso,
  }),
  z.object({ kind: z.literal('silence'), quiet_ms: z.number(), usual_gap_ms: z.number() }),
  z.object({
    kind: z.literal('mix'),
    divergence: z.number(),
    usual_divergence: z.number(),
    template: z.string(),
    share: z.number(),
    usual_share: z.number(),
    learned: z.number(),
  }),
  z.object({
    kind: z.literal('new_value'),
    field: z.string(),
    value: z.string(),
    usual: z.array(z.string()),
    learned: z.number(),
  }),
  z.object({
    kind: z.literal('together'),
    metrics: z.array(z.object({ name: z.string(), value: z.number(), share: z.number() })),
    among: z.number(),
    learned: z.number(),
    since: iso,
    tail: z.number(),
    times_a_day: z.number(),
  }),
]);

export const readingView = z.object({
  detector: z.string(),
  score: z.number(),
  /** The evidence in one sentence. */
  text: z.string(),
  evidence: evidenceView,
});

export function rangeToView([low, high]: Range): [number, number] {
  return [low, high];
}

export function readingToView(reading: Reading): z.infer<typeof readingView> {
  return {
    detector: reading.detector,
    score: reading.score,
    text: explain(reading.evidence),
    evidence: evidenceToView(reading.evidence),
  };
}

function evidenceToView(evidence: Evidence): z.infer<typeof evidenceView> {
  switch (evidence.kind) {
    case 'deviation':
      return deviationToView(evidence);
    case 'new_template':
      return { ...evidence };
    case 'new_error':
      return {
        kind: evidence.kind,
        error_type: evidence.errorType,
        where: evidence.where,
        learned: evidence.learned,
      };
    case 'rate':
      return {
        kind: evidence.kind,
        per_minute: evidence.perMinute,
        usual_per_minute: evidence.usualPerMinute,
        learned: evidence.learned,
        since: isoOf(evidence.since),
      };
    case 'silence':
      return { kind: evidence.kind, quiet_ms: evidence.quietMs, usual_gap_ms: evidence.usualGapMs };
    case 'mix': {
      const { usualDivergence, usualShare, ...same } = evidence;
      return { ...same, usual_divergence: usualDivergence, usual_share: usualShare };
    }
    case 'new_value':
      return { ...evidence, usual: [...evidence.usual] };
    case 'together': {
      const { timesADay, since, metrics, ...same } = evidence;
      return { ...same, metrics: [...metrics], since: isoOf(since), times_a_day: timesADay };
    }
  }
}

function deviationToView(evidence: Extract<Evidence, { kind: 'deviation' }>) {
  const { timesADay, spanMs, since, expected, ...same } = evidence;
  return {
    ...same,
    span_ms: spanMs,
    since: isoOf(since),
    expected: expected === null ? null : rangeToView(expected),
    times_a_day: timesADay,
  };
}
