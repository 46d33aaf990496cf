import type { AnomalyFacts, Sample, Severity } from '../domain/anomaly.ts';
import type { Evidence, Range, Reading } from '../domain/detection.ts';
import type { Labels, Level } from '../domain/event.ts';
import { lengthText, numberText } from '../domain/explain.ts';
import { derivedId, eventId } from '../domain/ids.ts';
import { type Redacted, redact } from '../domain/redact.ts';
import type { StackTrace } from '../domain/trace.ts';
import type { Verdict } from './gate.ts';
import type { Observed } from './observed.ts';
import type { Judged } from './series/judged.ts';
import { type SeriesKind, seriesLabel } from './series/series.ts';
import { placeOf } from './traces/place.ts';

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
    text: redact(shorten(of.text(), LONGEST_SAMPLE)),
    before: of.before().map((line) => redact(line)),
    trace: null,
    template: null,
    labels: redactLabels(of.labels),
  };
}

function redactLabels(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, redact(value)]));
}

/** Text of a trace is kept with the anomaly, so it passes the same door; so do the names of files, which may be URLs. */
function redactTrace(trace: StackTrace): StackTrace {
  return {
    ...trace,
    message: redact(shorten(trace.message, 2000)),
    frames: trace.frames.slice(0, 60).map((frame) => ({ ...frame, file: redact(frame.file) })),
    cause: trace.cause && redactTrace(trace.cause),
    ...(trace.related === undefined ? {} : { related: trace.related.map(redactTrace) }),
  };
}

/** The event id of a point that a bucket made: series as stream, bucket start as offset. */
function pointId(source: string, judged: Judged): string {
  return eventId({ source, stream: seriesLabel(judged.series.name), offset: judged.time });
}

/** A series that left its usual range. `template` is the text of a message's template, else null. */
export function seriesFacts(
  source: string,
  judged: Judged,
  fingerprint: string,
  template: string | null,
): AnomalyFacts {
  const { series, verdict, time, value } = judged;
  const { metric, dimension, kind } = series.name;
  const what = sentence(judged, template);
  return {
    ...opening(fingerprint, pointId(source, judged), verdict),
    kind: kind === 'fault' ? 'error' : template === null ? 'metric' : 'log',
    title: title(what),
    timestamp: time,
    source,
    metricName: template === null ? metric : null,
    metricValue: value,
    worst: value,
    severity: FAULTS.has(kind) || times(judged) >= 10 ? 'high' : 'medium',
    firstSeen: time,
    lastSeen: time,
    sample: {
      text: redact(judged.example === '' ? what : `${what}, such as: ${shorten(judged.example, 1000)}`),
      before: [],
      trace: null,
      template,
      labels: dimension === null ? {} : { dimension, statistic: judged.statistic },
    },
  };
}

/** What counts failures. */
const FAULTS: ReadonlySet<SeriesKind> = new Set<SeriesKind>(['failures', 'errors', 'fault']);

/** How many times the usual it is; 1 where that says nothing. */
function times({ verdict, value }: Judged): number {
  for (const { evidence } of verdict.readings) {
    if (evidence.kind === 'deviation' && evidence.baseline > 0) return value / evidence.baseline;
  }
  return 1;
}

function sentence(judged: Judged, template: string | null): string {
  const { series, value, verdict, statistic } = judged;
  const label = seriesLabel(series.name);
  const rate = verdict.readings.find(({ evidence }) => evidence.kind === 'rate')?.evidence;
  if (rate?.kind === 'rate') {
    const often = `${numberText(rate.perMinute)} a minute (usually ${numberText(rate.usualPerMinute)})`;
    return template === null
      ? `${label}: ${often}`
      : `${series.name.kind === 'fault' ? 'Error' : 'Message'} ${often}: ${template}`;
  }
  const of = statistic === 'p95' ? 'p95 of ' : '';
  return `${of}${label}: ${deviationText(value, verdict)}`;
}

type Deviation = Extract<Evidence, { kind: 'deviation' }>;

/** In the words of the surest detector, which may look at more than one point. */
function deviationText(value: number, { readings, expectedRange }: Verdict): string {
  const [surest] = readings.toSorted((a, b) => b.score - a.score);
  const seen: Deviation | null = surest?.evidence.kind === 'deviation' ? surest.evidence : null;
  switch (seen?.compared) {
    case undefined:
      return `${numberText(value)}${usually(expectedRange)}`;
    case 'value':
    case 'change':
      return `${numberText(value)}${usually(seen.expected)}`;
    case 'mean':
      return `${numberText(seen.value)} in the mean of ${seen.points} points${usually(seen.expected)}`;
    case 'step':
      return `steps of ${numberText(seen.value)} in the mean of ${seen.points}${usually(seen.expected)}`;
    case 'stillness':
      return `${numberText(value)} for ${lengthText(seen.spanMs)}, which usually moves`;
  }
}

function usually(range: Range | null): string {
  return range === null ? '' : ` (usually ${numberText(range[0])} to ${numberText(range[1])})`;
}

/** One line for a person. */
export function title(text: string): Redacted {
  return redact(shorten(redact(text).replaceAll(/\s+/g, ' '), LONGEST_TITLE));
}

function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
