import type { Anomaly } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import { derivedId } from '../../domain/ids.ts';
import { redact } from '../../domain/redact.ts';
import { parseLine } from '../../pipeline/formats/detect.ts';
import { maskText } from '../../pipeline/messages/mask.ts';

/** Fields in which loggers put what went wrong. */
const REASONS = ['err', 'error', 'exception', 'cause', 'reason'];

/** The line as its format reads it: its message with the reason that it gives, its time, its short fields as labels. */
export function anomalyOf(input: string, line: string, before: readonly string[]): Anomaly {
  const { message, timestamp, fields } = parseLine(line, 0);
  const texts = Object.entries(fields ?? {}).filter(
    (field): field is [string, string] => typeof field[1] === 'string' && field[1].length <= LONGEST_LABEL,
  );
  const reason = REASONS.map((name) => fields?.[name]).find((value) => typeof value === 'string');
  const said = reason === undefined ? message : `${message}: ${reason}`;
  const id = derivedId('anomaly', input, line);
  const sample = {
    text: redact(line),
    before: before.map(redact),
    trace: null,
    template: maskText(message),
    labels: Object.fromEntries(texts.map(([name, value]) => [name, redact(value)])),
  };
  const facts = {
    id,
    kind: 'log' as const,
    fingerprint: id,
    title: redact(said.slice(0, LONGEST_TITLE)),
    timestamp: timestamp ?? 0,
    eventId: id,
  };
  const metric = { metricName: null, metricValue: null, expectedRange: null, worst: null };
  const told = {
    confidence: 0,
    detectionAlgorithms: [],
    readings: [],
    severity: 'medium' as const,
    occurrences: 1,
    mutedUntil: null,
    course: [],
    alongside: ALONE,
  };
  const seen = { firstSeen: facts.timestamp, lastSeen: facts.timestamp, source: 'input', recurrenceOf: null };
  return { ...facts, ...metric, ...told, ...seen, sample, status: 'detected' };
}

const LONGEST_LABEL = 200;
const LONGEST_TITLE = 200;
