import type { Alongside } from './companion.ts';
import type { Course } from './course.ts';
import type { Range, Reading } from './detection.ts';
import { VigilError } from './errors.ts';
import type { Labels } from './event.ts';
import type { Redacted } from './redact.ts';
import type { StackTrace } from './trace.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';

export type AnomalyKind = 'error' | 'log' | 'metric';

/** The redacted event that opened the episode, with a few lines around it. */
export interface Sample {
  readonly text: Redacted;
  /** Lines just before it in the same stream, oldest first. */
  readonly before: readonly Redacted[];
  readonly trace: StackTrace | null;
  /** Message template of a log anomaly, placeholders as `<*>`. */
  readonly template: string | null;
  readonly labels: Labels;
}

/** What is known of an anomaly whatever its status. Times are epoch ms UTC. */
export interface AnomalyFacts {
  /** UUIDv5 of fingerprint and first event: reading the event again finds the same anomaly. */
  readonly id: string;
  readonly kind: AnomalyKind;
  /** Same fingerprint = same fault. */
  readonly fingerprint: string;
  /** One line for a person. */
  readonly title: Redacted;
  readonly timestamp: number;
  readonly eventId: string;
  readonly source: string;
  readonly metricName: string | null;
  readonly metricValue: number | null;
  readonly expectedRange: Range | null;
  readonly confidence: number;
  readonly detectionAlgorithms: readonly string[];
  readonly readings: readonly Reading[];
  readonly severity: Severity;
  readonly occurrences: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly sample: Sample;
  /** The anomaly of the same fingerprint that was resolved, dismissed or muted before, and that this one repeats. */
  readonly recurrenceOf: string | null;
  /** The value farthest from what is usual while it was told; null for what has no size. */
  readonly worst: number | null;
  /** Until then it is not told again unless it is clearly worse, epoch ms; null for not muted. */
  readonly mutedUntil: number | null;
  /** Values around the opening; empty where there are none. */
  readonly course: Course;
  /** Series of points that turned abnormal shortly after it, and count in its episodes. */
  readonly alongside: Alongside;
}

/** Where it stands. What exists only in a status lives in that variant. */
export type AnomalyState =
  | { readonly status: 'detected' }
  | { readonly status: 'diagnosing' }
  | { readonly status: 'diagnosed'; readonly diagnosisId: string }
  | { readonly status: 'fixing'; readonly diagnosisId: string }
  | { readonly status: 'fix_ready'; readonly diagnosisId: string; readonly fixId: string }
  | {
      readonly status: 'pr_created';
      readonly diagnosisId: string;
      readonly fixId: string;
      readonly pullRequestId: string;
    }
  | { readonly status: 'resolved'; readonly at: number }
  | { readonly status: 'false_positive'; readonly at: number }
  | {
      readonly status: 'failed';
      readonly stage: 'diagnose' | 'fix' | 'open-pr';
      readonly diagnosisId: string | null;
      readonly reason: string;
    };

export type AnomalyStatus = AnomalyState['status'];
export type Anomaly = AnomalyFacts & AnomalyState;

const ENDS: readonly AnomalyStatus[] = ['resolved', 'false_positive'];

/** Which status may follow which. `resolved` and `false_positive` may follow any open status. */
const NEXT: Readonly<Record<AnomalyStatus, readonly AnomalyStatus[]>> = {
  detected: ['diagnosing'],
  diagnosing: ['diagnosed', 'detected', 'failed'],
  diagnosed: ['diagnosing', 'fixing'],
  fixing: ['fix_ready', 'diagnosed', 'failed'],
  fix_ready: ['fixing', 'diagnosing', 'pr_created'],
  pr_created: ['pr_created', 'fixing'],
  resolved: [],
  false_positive: ['detected'],
  failed: ['diagnosing', 'fixing', 'detected'],
};

/** An anomaly still asks for attention. */
export function isOpen(anomaly: Anomaly): boolean {
  return !ENDS.includes(anomaly.status);
}

/** May `from` become `to`? */
export function mayMove(from: AnomalyStatus, to: AnomalyStatus): boolean {
  return NEXT[from].includes(to) || (ENDS.includes(to) && !ENDS.includes(from));
}

/**
 * The only way to change an anomaly's status.
 * @throws VigilError `illegal_move` when the new status cannot follow the old one.
 */
export function move(anomaly: Anomaly, to: AnomalyState): Anomaly {
  if (!mayMove(anomaly.status, to.status)) {
    throw new VigilError('illegal_move', {
      what: `anomaly ${anomaly.id.slice(0, 8)} is ${anomaly.status} and cannot become ${to.status}`,
    });
  }
  return { ...factsOf(anomaly), ...to };
}

/** The anomaly without its status and what belongs to it. */
export function factsOf(anomaly: Anomaly): AnomalyFacts {
  const { id, kind, fingerprint, title, timestamp, eventId, source, metricName, metricValue, expectedRange } =
    anomaly;
  const { confidence, detectionAlgorithms, readings, severity, occurrences, firstSeen, lastSeen } = anomaly;
  const { sample, recurrenceOf, worst, mutedUntil, course, alongside } = anomaly;
  const opening = {
    id,
    kind,
    fingerprint,
    title,
    timestamp,
    eventId,
    source,
    metricName,
    metricValue,
    expectedRange,
  };
  const counted = { confidence, detectionAlgorithms, readings, severity, occurrences, firstSeen, lastSeen };
  return { ...opening, ...counted, sample, recurrenceOf, worst, mutedUntil, course, alongside };
}
