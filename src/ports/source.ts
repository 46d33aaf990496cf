/** Where a reader stands in one stream. */
export interface Cursor {
  /** What `offset` counts in: a file identity (device, inode, hash of its first bytes), a run of a command. */
  readonly stream: string;
  /** Bytes consumed. */
  readonly offset: number;
  /** What the source needs beside it to find the place again (a file's path, a server's cursor); null for none. */
  readonly mark: string | null;
}

/** Lines of one stream, in order. `offsets[i]` is where `lines[i]` begins, so any line is a place to go on from. */
export interface Batch {
  readonly stream: string;
  readonly mark: string | null;
  readonly lines: readonly string[];
  readonly offsets: readonly number[];
  /** Where to go on after this batch. */
  readonly cursor: Cursor;
  /** When they were read, epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
  /** The stream ended here for good (rotated away and read out, the command ended): nothing more will come. */
  readonly ended: boolean;
}

export interface SourceHealth {
  readonly state: 'waiting' | 'reading' | 'idle' | 'ended' | 'failing';
  /** Bytes known to exist and not yet read. */
  readonly lagBytes: number;
  readonly streams: number;
  readonly lastError: string | null;
}

/**
 * A source ends its iteration soon after `signal` aborts, may be read again from any cursor it has given, and never
 * throws for a missing file (it waits). It yields at most 4,096 lines a batch; back-pressure is the `for await`.
 * A line longer than 1 MiB is cut there and its rest is skipped; invalid UTF-8 becomes U+FFFD; a binary stream ends
 * with `lastError` set.
 */
export interface Source {
  readonly name: string;
  read(from: readonly Cursor[], signal: AbortSignal): AsyncIterable<Batch>;
  health(): SourceHealth;
}
