import type { SourceRecord } from '../domain/event.ts';

/** Where a reader stands in one stream. */
export interface Cursor {
  /** What `offset` counts in: a file identity (device, inode, hash of its first bytes), a journal, a container. */
  readonly stream: string;
  /** Bytes (files, journals) or records (docker, journald) consumed. */
  readonly offset: number;
  /** What the source needs beside it to find the place again (a file's path, a server's cursor); null for none. */
  readonly mark: string | null;
}

/** Records of one stream, in order. `offsets[i]` is where `records[i]` begins, so any record is a place to go on from. */
export interface Batch {
  readonly stream: string;
  readonly records: readonly SourceRecord[];
  readonly offsets: readonly number[];
  /** The mark of a cursor at `offsets[i]`, for sources where it differs by record; null: it is the batch's own `mark`. */
  readonly marks: readonly (string | null)[] | null;
  readonly mark: string | null;
  /** Where to go on after this batch. */
  readonly cursor: Cursor;
  /** When they were read, epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
  /** The stream ended here for good (rotated away and read out, the command ended): nothing more will come. */
  readonly ended: boolean;
}

/** A batch of bare lines. */
export interface LineBatch extends Batch {
  readonly records: readonly string[];
}

export interface SourceHealth {
  readonly state: 'waiting' | 'reading' | 'idle' | 'ended' | 'failing';
  /** Bytes known to exist and not yet read. */
  readonly lagBytes: number;
  readonly streams: number;
  /** Records that could not be kept since this source was made: every one that is lost is counted here. */
  readonly dropped: number;
  readonly lastError: string | null;
}

/**
 * A source ends its iteration soon after `signal` aborts, may be read again from any cursor it has given, and never
 * throws for a missing file (it waits). What it throws, such as a port that is taken, is tried again with backoff.
 * It yields at most 4,096 records a batch; back-pressure is the `for await`. A line longer than 1 MiB is cut there and its
 * rest is skipped (and counted as dropped); invalid UTF-8 becomes U+FFFD; a binary stream ends with `lastError` set.
 */
export interface Source {
  readonly name: string;
  read(from: readonly Cursor[], signal: AbortSignal): AsyncIterable<Batch>;
  health(): SourceHealth;
  /** Told after each commit where it would be read from after a crash: what lies before may be deleted. */
  saved?(cursors: readonly Cursor[]): void;
}

/** Where a receiver (HTTP, OTLP, Sentry, syslog) puts what it is sent. Kept means durable: a kill -9 loses none of it. */
export interface Intake {
  /**
   * Settles once all of them are durable; `full` when too much waits already: then none is kept and the sender is to
   * come again later. @throws VigilError `disk_full`, `state_read_only`.
   */
  accept(records: readonly SourceRecord[]): Promise<'kept' | 'full'>;
  /** Counts records that nobody can be asked to send again (UDP). */
  drop(count: number): void;
}

/** A receiver's open socket. */
export interface Listening {
  /** Such as `http://127.0.0.1:4318`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Opens a socket and hands what comes to `intake`. @throws VigilError `port_taken`. */
export type Listen = (intake: Intake) => Promise<Listening>;
