import type { SourceRecord } from '../domain/event.ts';

/** Records of one stream in order; structurally the sources' batch. `offsets[i]` is where `records[i]` begins. */
export interface RecordBatch {
  readonly stream: string;
  readonly records: readonly SourceRecord[];
  readonly offsets: readonly number[];
  readonly marks: readonly (string | null)[] | null;
  /** Epoch ms: the time of lines that carry none. */
  readonly receivedAt: number;
}
