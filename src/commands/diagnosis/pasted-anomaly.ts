import type { Anomaly, Sample } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import { derivedId } from '../../domain/ids.ts';
import { maskText } from '../../domain/mask.ts';
import { redact } from '../../domain/redact.ts';
import { innermost } from '../../domain/trace.ts';
import { parseLine } from '../../pipeline/formats/detect.ts';
import { failedTests } from '../../pipeline/reports/failures.ts';
import { notebookError } from '../../pipeline/reports/notebook.ts';
import { redactTrace } from '../../pipeline/traces/redacted.ts';

const LONGEST_TITLE = 200;
const LONGEST_LABEL = 200;

/** What the output of a test run, or of a notebook's cell, says; null where it is neither. */
export function reportAnomaly(input: string, lines: readonly string[]): Anomaly | null {
  const trace = failedTests(lines) ?? notebookError(lines);
  if (trace === null) return null;
  const { errorType, message } = innermost(trace);
  const said = `${errorType}: ${message}`;
  const sample = {
    text: redact(said),
    before: [],
    trace: redactTrace(trace),
    template: null,
    labels: {},
  };
  return pastedAnomaly({ id: derivedId('anomaly', input, said), kind: 'error', said, time: 0, sample });
}

/** Fields in which loggers put what went wrong. */
const REASONS = ['err', 'error', 'exception', 'cause', 'reason'];

/** A line as its format reads it: its message with the reason that it gives, its time, its short fields as labels. */
export function lineAnomaly(input: string, line: string, before: readonly string[]): Anomaly {
  const { message, timestamp, fields } = parseLine(line, 0);
  const texts = Object.entries(fields ?? {}).filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1].length <= LONGEST_LABEL,
  );
  const reason = REASONS.map((name) => fields?.[name]).find((value) => typeof value === 'string');
  const sample = {
    text: redact(line),
    before: before.map(redact),
    trace: null,
    template: maskText(redact(message)),
    labels: Object.fromEntries(texts.map(([name, value]) => [name, redact(value)])),
  };
  const said = reason === undefined ? message : `${message}: ${reason}`;
  return pastedAnomaly({
    id: derivedId('anomaly', input, line),
    kind: 'log',
    said,
    time: timestamp ?? 0,
    sample,
  });
}

interface Given {
  readonly id: string;
  readonly kind: 'error' | 'log';
  readonly said: string;
  /** Epoch ms; 0 where it is not known. */
  readonly time: number;
  readonly sample: Sample;
}

/** Seen once, and judged by nobody. */
function pastedAnomaly({ id, kind, said, time, sample }: Given): Anomaly {
  return {
    id,
    kind,
    fingerprint: id,
    title: redact(said.split('\n')[0]?.slice(0, LONGEST_TITLE) ?? ''),
    timestamp: time,
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
    firstSeen: time,
    lastSeen: time,
    mutedUntil: null,
    recurrenceOf: null,
    course: [],
    alongside: ALONE,
    sample,
    status: 'detected',
  };
}
