import type { Anomaly } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import { VigilError } from '../../domain/errors.ts';
import { derivedId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import { innermost, type StackTrace } from '../../domain/trace.ts';
import { maskText } from '../../pipeline/messages/mask.ts';
import { failedTests } from '../../pipeline/reports/failures.ts';
import { notebookError } from '../../pipeline/reports/notebook.ts';
import { redactTrace } from '../../pipeline/traces/redacted.ts';

/** What the output of a test run, or of a notebook's cell, says; null where it is neither. */
export function reportAnomaly(input: string, lines: readonly string[]): Anomaly | null {
  const trace = failedTests(lines) ?? notebookError(lines);
  if (trace === null) return null;
  const { errorType, message } = innermost(trace);
  return { ...anomalyOf(input, `${errorType}: ${message}`, [], trace), kind: 'error' };
}

/**
 * Nothing stands out: the last line that speaks of an error, else the last line, is what the person asks about.
 * @throws VigilError `bad_input` when there is no line.
 */
export function lineAnomaly(input: string, lines: readonly string[]): Anomaly {
  const last = lines.filter((text) => text.trim() !== '').slice(-50);
  const line =
    last.findLast((text) => /\b(?:error|fatal|panic|exception|fail(?:ed|ure)?)\b/i.test(text)) ?? last.at(-1);
  if (line === undefined) {
    throw new VigilError('bad_input', {
      what: `${input} is empty`,
      hint: 'Give a file with a trace or log lines.',
    });
  }
  return anomalyOf(input, line, last.slice(-10), null);
}

function anomalyOf(
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
