import type { StackTrace } from './trace.ts';

/** Severity words of a log line, least first. `null` where a line carries none. */
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export type Labels = Readonly<Record<string, string>>;

/**
 * What all telemetry events share. An event's id is a function of where it was read (source, stream, offset), so
 * reading a line twice gives the same id; it is computed only when asked for: `eventId(event)` in ids.ts.
 */
interface EventBase {
  /** Name of the configured source, such as `app` or `host`. */
  readonly source: string;
  /** What `offset` counts in: one file identity, one run of a command, one series. */
  readonly stream: string;
  /** Position in the stream: bytes for files and pipes, bucket start in ms for points made by `bucket`. */
  readonly offset: number;
  /** Epoch milliseconds, UTC. */
  readonly timestamp: number;
  readonly metadata: Labels;
}

/** One point of one series. */
export interface MetricEvent extends EventBase {
  readonly type: 'metric';
  readonly data: { readonly metricName: string; readonly value: number };
}

/** One log record that is not an exception. `fields` is the record as parsed; nothing in it is trusted. */
export interface LogEvent extends EventBase {
  readonly type: 'log';
  readonly data: {
    readonly message: string;
    readonly level: Level | null;
    readonly fields: Readonly<Record<string, unknown>> | null;
  };
}

/** One exception: a stack trace over many lines, or a structured record that carries one. */
export interface ErrorEvent extends EventBase {
  readonly type: 'error';
  readonly data: {
    readonly message: string;
    readonly level: Level | null;
    readonly trace: StackTrace;
    readonly fields: Readonly<Record<string, unknown>> | null;
  };
}

export type TelemetryEvent = MetricEvent | LogEvent | ErrorEvent;
