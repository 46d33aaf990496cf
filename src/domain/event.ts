import type { StackTrace } from './trace.ts';

/** Severity words of a log line, least first. `null` where a line carries none. */
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export type Labels = Readonly<Record<string, string>>;

/**
 * Where an event was read. Its id is a function of these three, so reading a line twice gives the same id; it is computed
 * only when asked for: `eventId(event)` in ids.ts.
 */
export interface Place {
  /** Name of the configured source, such as `app` or `host`. */
  readonly source: string;
  /** What `offset` counts in: one file identity, one run of a command, one series. */
  readonly stream: string;
  /** Position in the stream: bytes for files and pipes, bucket start in ms for points made by `bucket`. */
  readonly offset: number;
}

interface RecordBase {
  /** Epoch milliseconds, UTC. */
  readonly timestamp: number;
  readonly metadata: Labels;
}

/** One point of one series. */
export interface MetricRecord extends RecordBase {
  readonly type: 'metric';
  readonly data: { readonly metricName: string; readonly value: number };
}

/** One log record. `fields` is the record as parsed, and may carry an exception; nothing in it is trusted. */
export interface LogRecord extends RecordBase {
  readonly type: 'log';
  readonly data: {
    readonly message: string;
    readonly level: Level | null;
    readonly fields: Readonly<Record<string, unknown>> | null;
  };
}

/** One exception: a stack trace over many lines, or a structured record that carries one. */
export interface ErrorRecord extends RecordBase {
  readonly type: 'error';
  readonly data: {
    readonly message: string;
    readonly level: Level | null;
    readonly trace: StackTrace;
    readonly fields: Readonly<Record<string, unknown>> | null;
  };
}

/** A whole event that has not been given a place yet. */
export type EventRecord = MetricRecord | LogRecord | ErrorRecord;

/** A line of which its carrier (docker, journald, syslog) knows more than the text says. */
export interface CarriedLine {
  readonly type: 'line';
  readonly text: string;
  /** Epoch ms; used where the text itself carries no time. */
  readonly timestamp: number | null;
  /** Used where the text itself carries none. */
  readonly level: Level | null;
  /** Who wrote it, where several share the stream: lines of two lanes are never joined. Null for the stream itself. */
  readonly lane: string | null;
  /** The writer's line goes on in the next record of its lane (docker and CRI cut at 16 KiB). */
  readonly partial: boolean;
  readonly metadata: Labels;
}

/** What a source delivers: a line of text, a line with what its carrier knows, or a whole event. */
export type SourceRecord = string | CarriedLine | EventRecord;

export type MetricEvent = Place & MetricRecord;
export type LogEvent = Place & LogRecord;
export type ErrorEvent = Place & ErrorRecord;
export type TelemetryEvent = MetricEvent | LogEvent | ErrorEvent;
