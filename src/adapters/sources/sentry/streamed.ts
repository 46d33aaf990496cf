import type { Labels, LogRecord } from '../../../domain/event.ts';
import { labelsOf, scalarsOf, timeOf } from './bounded.ts';
import type { Arrival } from './event.ts';
import { levelOf } from './level.ts';
import type { SentryAttributes, SentryLog, SentrySpan } from './payloads.ts';

const LONGEST_MESSAGE = 10_000;

/** A structured log, as `Sentry.logger` sends it. */
export function logRecord(log: SentryLog, { project, now }: Arrival): LogRecord {
  const { timestamp, level, body, trace_id, attributes } = log;
  return {
    type: 'log',
    timestamp: timeOf(timestamp) ?? now,
    metadata: metadataOf(attributes, project),
    data: {
      message: (body ?? '').slice(0, LONGEST_MESSAGE),
      level: levelOf(level),
      fields: { ...fieldsOf(attributes), ...(trace_id ? { trace_id } : {}) },
    },
  };
}

/**
 * A streamed span that is the root of its part of the trace (a request, a job). Those below it are part of its time; they
 * are not kept, and neither is one that lacks a time. Null for both.
 */
export function spanRecord(span: SentrySpan, { project }: Arrival): LogRecord | null {
  const { name, trace_id, is_segment, status, attributes } = span;
  const began = timeOf(span.start_timestamp);
  const ended = timeOf(span.end_timestamp);
  if (is_segment !== true || began === null || ended === null) return null;
  const message = (name ?? 'a span without a name').slice(0, LONGEST_MESSAGE);
  return {
    type: 'log',
    timestamp: ended,
    metadata: metadataOf(attributes, project),
    data: {
      message,
      level: 'info',
      fields: {
        ...fieldsOf(attributes),
        route: message,
        duration_ms: durationOf(span) ?? Math.max(0, ended - began),
        op: attributes?.['sentry.op']?.value ?? null,
        status: status ?? null,
        trace_id: trace_id ?? null,
      },
    },
  };
}

/** To the microsecond, where the times are numbers. */
function durationOf({ start_timestamp: from, end_timestamp: to }: SentrySpan): number | null {
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  return Math.max(0, Math.round((to - from) * 1e6) / 1000);
}

/** What the SDK says of itself and of its machine is not of the record. */
const OWN = /^(?:sentry|device|culture|os|app|process|network|client|user_agent)\./;

function fieldsOf(attributes: SentryAttributes) {
  const said = Object.entries(attributes ?? {}).filter(([name]) => !OWN.test(name));
  return scalarsOf(Object.fromEntries(said.map(([name, { value }]) => [name, value])));
}

function metadataOf(attributes: SentryAttributes, project: string): Labels {
  const value = (name: string) => attributes?.[name]?.value;
  return labelsOf({
    project,
    release: value('sentry.release'),
    environment: value('sentry.environment'),
    server_name: value('server.address'),
  });
}
