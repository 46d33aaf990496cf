import type { Labels, LogRecord } from '../../../domain/event.ts';
import { exceptionText, withException } from './exception.ts';
import { resourceLabels } from './labels.ts';
import { rejects, timeOf, type Understood } from './wire/understood.ts';
import type { Fields } from './wire/value.ts';
import type { TracesRequest, WireSpan, WireSpanEvent } from './wire/wire.ts';

/**
 * One record a span, at its end, and one for each exception that was recorded on it. A span that failed is an error; any
 * other has no level. `now` (epoch ms) is the time of those that carry none.
 */
export function readTraces({ resourceSpans }: TracesRequest, now: number): Understood {
  const records: LogRecord[] = [];
  const unusable = rejects();
  for (const { resource, scopeSpans } of resourceSpans) {
    const metadata = resourceLabels(resource.attributes);
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
      if (span.name === '') unusable.add('a span has no name');
      else if (span.endTimeUnixNano === 0) unusable.add('a span has no end');
      else records.push(...exceptionsOf(span, metadata, now), spanRecord(span, metadata, now));
    }
  }
  return { records, rejected: unusable.count(), reason: unusable.reason() };
}

const ERROR = 2;
const STATUS: readonly (string | null)[] = [null, 'ok', 'error'];
const KINDS: readonly (string | null)[] = [null, 'internal', 'server', 'client', 'producer', 'consumer'];

function spanRecord(span: WireSpan, metadata: Labels, now: number): LogRecord {
  const failed = span.status.code === ERROR;
  return {
    type: 'log',
    timestamp: timeOf([span.endTimeUnixNano], now),
    metadata,
    data: { message: nameOf(span), level: failed ? 'error' : null, fields: fieldsOf(span, metadata) },
  };
}

/** Instrumentation that learns the route late names the span by the method alone. */
function nameOf({ name, attributes }: WireSpan): string {
  const route = attributes['http.route'];
  return typeof route === 'string' && /^[A-Z]{3,10}$/.test(name) ? `${name} ${route}` : name;
}

/** What splits the numbers of spans: several services may send to one receiver. */
function operationOf(span: WireSpan, { 'service.name': service }: Labels): string {
  return service === undefined ? nameOf(span) : `${service} ${nameOf(span)}`;
}

function fieldsOf(span: WireSpan, resource: Labels): Fields {
  const { 'http.route': route, ...attributes } = span.attributes;
  const fields: Record<string, unknown> = { ...attributes, duration_ms: durationOf(span) };
  const status = statusOf(span);
  if (status !== null) fields['status'] = status;
  if (span.status.message !== '') fields['status_message'] = span.status.message;
  const kind = KINDS[span.kind] ?? null;
  if (kind !== null) fields['kind'] = kind;
  if (typeof route === 'string') fields['route'] = route;
  fields['operation'] = operationOf(span, resource);
  delete fields['http.response.status_code'];
  delete fields['http.status_code'];
  return named(fields, span);
}

/** The HTTP status where there is one, under its new or its old name. */
function statusOf({ attributes, status }: WireSpan): unknown {
  return (
    attributes['http.response.status_code'] ?? attributes['http.status_code'] ?? STATUS[status.code] ?? null
  );
}

/** In milliseconds, exact to the microsecond; never negative. */
function durationOf({ startTimeUnixNano, endTimeUnixNano }: WireSpan): number {
  const nanos = startTimeUnixNano === 0 ? 0 : endTimeUnixNano - startTimeUnixNano;
  return Math.max(0, Math.round(nanos / 1000) / 1000);
}

function named(fields: Record<string, unknown>, { traceId, spanId }: WireSpan): Fields {
  if (traceId !== null) fields['trace_id'] = traceId;
  if (spanId !== null) fields['span_id'] = spanId;
  return fields;
}

function exceptionsOf(span: WireSpan, metadata: Labels, now: number): readonly LogRecord[] {
  return span.events
    .filter(({ name }) => name === 'exception')
    .map((event) => exceptionRecord(event, span, metadata, now));
}

/** An exception that its span has survived is a warning. */
function exceptionRecord(event: WireSpanEvent, span: WireSpan, metadata: Labels, now: number): LogRecord {
  return {
    type: 'log',
    timestamp: timeOf([event.timeUnixNano, span.endTimeUnixNano], now),
    metadata,
    data: {
      message: exceptionText(event.attributes) || 'exception',
      level: span.status.code === ERROR ? 'error' : 'warn',
      fields: named({ ...withException(event.attributes), span: nameOf(span) }, span),
    },
  };
}
