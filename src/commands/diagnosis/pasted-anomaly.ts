import type { Anomaly } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import { derivedId } from '../../domain/ids.ts';
import { maskText } from '../../domain/mask.ts';
import { redact } from '../../domain/redact.ts';
import { innermost, type StackTrace } from '../../domain/trace.ts';
import { failedTests } from '../../pipeline/reports/failures.ts';
import { redactTrace } from '../../pipeline/traces/redacted.ts';

/** What the output of a test run says; null where it is no such output. */
export function testAnomaly(input: string, lines: readonly string[]): Anomaly | null {
  const trace = failedTests(lines);
  if (trace === null) return null;
  const { errorType, message } = innermost(trace);
  return { ...anomalyOf(input, `${errorType}: ${message}`, [], trace), kind: 'error' };
}

/** A text of the input as an anomaly; `before` are the lines that came before it. */
export function anomalyOf(
  input: string,
  said: string,
  before: readonly string[],
  trace: StackTrace | null,
): Anomaly {
  const id = derivedId('anomaly', input, said);
  return {
    id,
    kind: 'log',
    fingerprint: id,
    title: redact(said.split('\n')[0]?.slice(0, 120) ?? ''),
    timestamp: 0,
    eventId: id,
    source: 'input',
    metricName: null,
    metricValue: null,
    expectedRange: null,
    worst: null,
    confidence: 0,
    detectionAlgorithms: [],
    readings: [],
    severity: 'medium',
    occurrences: 1,
    firstSeen: 0,
    lastSeen: 0,
    mutedUntil: null,
    recurrenceOf: null,
    course: [],
    alongside: ALONE,
    sample: {
      text: redact(said),
      before: before.map(redact),
      trace: trace && redactTrace(trace),
      template: trace === null ? maskText(redact(said)) : null,
      labels: {},
    },
    status: 'detected',
  };
}
