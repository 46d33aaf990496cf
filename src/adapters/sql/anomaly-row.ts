import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type Anomaly, type AnomalyFacts, type AnomalyState, factsOf } from '../../domain/anomaly.ts';
import { ALONE, type Alongside } from '../../domain/companion.ts';
import type { Course, CoursePoint } from '../../domain/course.ts';
import type { AnomalyRow } from './schema.ts';

const id = z.string();

const stateSchema: z.ZodType<AnomalyState> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('detected') }),
  z.object({ status: z.literal('diagnosing') }),
  z.object({ status: z.literal('diagnosed'), diagnosisId: id }),
  z.object({ status: z.literal('fixing'), diagnosisId: id }),
  z.object({ status: z.literal('fix_ready'), diagnosisId: id, fixId: id }),
  z.object({ status: z.literal('pr_created'), diagnosisId: id, fixId: id, pullRequestId: id }),
  z.object({ status: z.literal('resolved'), at: z.number() }),
  z.object({ status: z.literal('false_positive'), at: z.number() }),
  z.object({
    status: z.literal('failed'),
    stage: z.enum(['diagnose', 'fix', 'open-pr']),
    diagnosisId: id.nullable(),
    reason: z.string(),
  }),
]);

export function rowOf(anomaly: Anomaly, seq: number): AnomalyRow {
  return {
    id: anomaly.id,
    seq,
    fingerprint: anomaly.fingerprint,
    event_id: anomaly.eventId,
    source: anomaly.source,
    status: anomaly.status,
    state: stateText(stateOf(anomaly)),
    facts: JSON.stringify({ ...factsOf(anomaly), course: [], alongside: ALONE }),
    confidence: anomaly.confidence,
    occurrences: anomaly.occurrences,
    // Whole numbers for PostgreSQL's bigint; a log may tell microseconds.
    first_seen: Math.round(anomaly.firstSeen),
    last_seen: Math.round(anomaly.lastSeen),
    worst: anomaly.worst,
    muted_until: anomaly.mutedUntil,
    course: courseText(anomaly.course),
    alongside: alongsideText(anomaly.alongside),
  };
}

/** Facts are our own writing, kept whole; what counts up and the state come from their columns. */
export function anomalyOf(row: Selectable<AnomalyRow>): Anomaly {
  const facts = JSON.parse(row.facts) as AnomalyFacts;
  return {
    ...facts,
    confidence: row.confidence,
    occurrences: Number(row.occurrences),
    lastSeen: Number(row.last_seen),
    worst: row.worst,
    mutedUntil: row.muted_until === null ? null : Number(row.muted_until),
    course: courseOf(row.course),
    alongside: alongsideOf(row.alongside),
    ...stateSchema.parse(JSON.parse(row.state)),
  };
}

export function stateText(state: AnomalyState): string {
  return JSON.stringify(stateSchema.parse(state));
}

function stateOf(anomaly: Anomaly): AnomalyState {
  return stateSchema.parse(anomaly);
}

/** In few digits: it is there to be drawn. */
export function courseText(course: Course): string {
  const numbers = course.map(({ time, value, expected }) => [
    Math.round(time),
    ...[value, ...(expected ?? [])].map((one) => Number(one.toPrecision(7))),
  ]);
  return JSON.stringify(numbers);
}

export function alongsideText(alongside: Alongside): string | null {
  return alongside.count === 0 ? null : JSON.stringify(alongside);
}

const companionSchema = z.object({
  name: z.string(),
  value: z.number(),
  expected: z.tuple([z.number(), z.number()]).nullable(),
});

const alongsideSchema = z.object({ series: z.array(companionSchema), count: z.number() });

function alongsideOf(text: string | null): Alongside {
  return text === null ? ALONE : alongsideSchema.parse(JSON.parse(text));
}

const courseSchema = z.array(z.array(z.number()).min(2).max(4));

function courseOf(text: string): Course {
  return courseSchema.parse(JSON.parse(text)).map(pointOf);
}

function pointOf([time = 0, value = 0, low, high]: readonly number[]): CoursePoint {
  return { time, value, expected: low === undefined || high === undefined ? null : [low, high] };
}
