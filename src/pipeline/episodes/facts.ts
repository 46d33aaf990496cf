import type { AnomalyFacts, Sample, Severity } from '../../domain/anomaly.ts';
import { ALONE } from '../../domain/companion.ts';
import type { Reading } from '../../domain/detection.ts';
import type { Labels, Level } from '../../domain/event.ts';
import { derivedId, eventId } from '../../domain/ids.ts';
import { type Redacted, redact } from '../../domain/redact.ts';
import type { Verdict } from '../gate.ts';
import type { Observed } from '../observed.ts';
import { placeOf } from '../traces/place.ts';
import { redactTrace } from '../traces/redacted.ts';

const LONGEST_TITLE = 160;
const LONGEST_SAMPLE = 8000;

/** An exception that was never seen at its place. */
export function errorFacts(of: Observed, fingerprint: string, verdict: Verdict): AnomalyFacts {
  const trace = of.trace;
  const place = trace && placeOf(trace);
  const what = trace === null ? of.message : `${trace.errorType}: ${trace.message.split('\n')[0] ?? ''}`;
  return {
    ...common(of, fingerprint, verdict),
    kind: 'error',
    title: title(place === null ? what : `${shorten(what, 110)} in ${place}`),
    severity: of.level === 'fatal' ? 'critical' : 'high',
    sample: { ...sampleOf(of), trace: trace && redactTrace(trace) },
  };
}

/** A message that was never seen. */
export function messageFacts(
  of: Observed,
  fingerprint: string,
  verdict: Verdict,
  template: string,
): AnomalyFacts {
  const level = of.level ?? 'log';
  return {
    ...common(of, fingerprint, verdict),
    kind: 'log',
    title: title(`New ${level} message: ${template}`),
    severity: MESSAGE_SEVERITY[of.level ?? 'info'],
    sample: { ...sampleOf(of), template },
  };
}

/** A field of a known message with a value that it never had. */
export function valueFacts(
  of: Observed,
  fingerprint: string,
  verdict: Verdict,
  template: string,
): AnomalyFacts {
  const said = verdict.readings.find(({ evidence }) => evidence.kind === 'new_value')?.evidence;
  const what =
    said?.kind === 'new_value' ? `${said.field} is ${said.value} (so far ${said.usual.join(', ')})` : '';
  return { ...messageFacts(of, fingerprint, verdict, template), title: title(`${what} in: ${template}`) };
}

const MESSAGE_SEVERITY: Readonly<Record<Level, Severity>> = {
  trace: 'low',
  debug: 'low',
  info: 'low',
  warn: 'medium',
  error: 'high',
  fatal: 'critical',
};

function common(of: Observed, fingerprint: string, verdict: Verdict) {
  const id = eventId(of);
  return {
    ...opening(fingerprint, id, verdict),
    timestamp: of.timestamp,
    source: of.source,
    metricName: null,
    metricValue: null,
    firstSeen: of.timestamp,
    lastSeen: of.timestamp,
  };
}

/** What all anomalies have, whatever they are about. */
export function opening(fingerprint: string, event: string, verdict: Verdict) {
  return {
    id: derivedId('anomaly', fingerprint, event),
    fingerprint,
    eventId: event,
    expectedRange: verdict.expectedRange,
    confidence: verdict.confidence,
    detectionAlgorithms: namesOf(verdict.readings),
    readings: verdict.readings.toSorted((a, b) => b.score - a.score),
    occurrences: 1,
    recurrenceOf: null,
    worst: null,
    mutedUntil: null,
    course: [],
    alongside: ALONE,
  };
}

/** A reading this sure found it strange itself. */
const STRANGE = 0.9;

/** Names of the detectors that found it strange, the surest first; at least one. */
function namesOf(readings: readonly Reading[]): readonly string[] {
  const byScore = readings.toSorted((a, b) => b.score - a.score);
  return byScore.filter(({ score }, i) => i === 0 || score >= STRANGE).map(({ detector }) => detector);
}

function sampleOf(of: Observed): Sample {
  return {
    text: beginning(of.text(), LONGEST_SAMPLE),
    before: of.before().map((line) => redact(line)),
    trace: null,
    template: null,
    labels: redactLabels(of.labels),
  };
}

function redactLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, redact(value)]));
}

/** Cut after redacting: half a secret is recognised by nobody. */
function beginning(text: string, longest: number): Redacted {
  return redact(shorten(redact(text.slice(0, 2 * longest)), longest));
}

/** One line for a person. */
export function title(text: string): Redacted {
  return redact(shorten(redact(text).replaceAll(/\s+/g, ' '), LONGEST_TITLE));
}

export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
