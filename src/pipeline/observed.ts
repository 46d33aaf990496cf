import type { ErrorRecord, Labels, Level, LogRecord, Place } from '../domain/event.ts';
import type { StackTrace } from '../domain/trace.ts';
import { traceInFields } from './traces/parse.ts';

/** One record of a source as the pipeline sees it, whatever format it came in. */
export interface Observed {
  readonly source: string;
  readonly stream: string;
  readonly offset: number;
  /** Epoch ms. */
  readonly timestamp: number;
  readonly level: Level | null;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | null;
  readonly trace: StackTrace | null;
  readonly labels: Labels;
  /** As it was read; not redacted. */
  readonly text: () => string;
  /** Lines just before it; not redacted. */
  readonly before: () => readonly string[];
}

/** A whole event; a log record whose fields carry an exception is one. */
export function observedOf(event: LogRecord | ErrorRecord, { source, stream, offset }: Place): Observed {
  const { timestamp, metadata } = event;
  const { level, message, fields } = event.data;
  const trace = event.type === 'error' ? event.data.trace : traceCarried(level, fields);
  return {
    source,
    stream,
    offset,
    timestamp,
    level: level ?? (trace === null ? null : 'error'),
    message,
    fields,
    trace,
    labels: metadata,
    text: () => (trace === null ? message : `${trace.errorType}: ${trace.message}`),
    before: () => [],
  };
}

/** The exception in the fields of a record; a calm record's is only told of. */
export function traceCarried(
  level: Level | null,
  fields: Readonly<Record<string, unknown>> | null,
): StackTrace | null {
  const calm = level === 'info' || level === 'debug' || level === 'trace';
  return fields === null || calm ? null : traceInFields(fields);
}
