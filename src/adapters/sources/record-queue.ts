import type { SourceRecord } from '../../domain/event.ts';
import type { Batch, Cursor } from '../../ports/source.ts';

/** A place in a stream that is told by a mark as well as by a number. */
export interface MarkedCursor extends Cursor {
  readonly mark: string;
}

/** Records of one stream that were read and not yet given: numbered, and each with the mark of where it begins. */
export interface RecordQueue {
  /** `after` is the mark of the place behind the record. */
  add(record: SourceRecord, after: string): void;
  size(): number;
  /** At most 4,096 of them. */
  batch(now: number): Batch;
  /** Where to go on after what was given. */
  cursor(): MarkedCursor;
}

const MOST_RECORDS = 4096;

export function recordQueue({ stream, offset, mark }: MarkedCursor): RecordQueue {
  let number = offset;
  let records: SourceRecord[] = [];
  /** `marks[i]` is where `records[i]` begins; there is one more than there are records. */
  let marks: string[] = [mark];
  const cursor = () => ({ stream, offset: number, mark: marks[0] ?? mark });
  return {
    add(record, after) {
      records.push(record);
      marks.push(after);
    },
    size: () => records.length,
    batch(now) {
      const given = records.slice(0, MOST_RECORDS);
      const offsets = given.map((_, i) => number + i);
      const begins = marks.slice(0, given.length);
      records = records.slice(given.length);
      marks = marks.slice(given.length);
      number += given.length;
      return {
        stream,
        records: given,
        offsets,
        marks: begins,
        mark: cursor().mark,
        cursor: cursor(),
        receivedAt: now,
        ended: false,
      };
    },
    cursor,
  };
}
