import type { SourceRecord } from '../../domain/event.ts';
import { isTime } from '../../pipeline/event-clock.ts';
import { parseLine } from '../../pipeline/formats/detect.ts';
import type { Batch } from '../../ports/source.ts';
import type { Rows } from './rows.ts';

/** Lines of a log without any timestamp are taken to be so far apart, ms. */
const LINE_MS = 10;

const COLUMNS = ['timestamp', 'record'] as const;

/**
 * Lines of a log, or the records of an OTLP dump: each is a row.
 * @param start completes dates without a year; nothing else depends on it
 */
export async function* recordRows(batches: AsyncIterable<Batch>, start: number): AsyncGenerator<Rows> {
  let count = 0;
  let timed: boolean | null = null;
  for await (const { stream, records, offsets, marks } of batches) {
    const before = count;
    timed ??= records.some((one) => timeOf(one, start) !== null);
    const receivedAt = timed ? start : (before + 1) * LINE_MS;
    count += records.length;
    yield {
      noun: typeof records[0] === 'object' ? 'record' : 'line',
      batch: { stream, records, offsets, marks, receivedAt },
      sizes: null,
      columns: COLUMNS,
      cells: (row) => [written(timeOf(records[row] ?? '', start)), String(before + row + 1)],
    };
  }
}

/** Epoch ms; null for a line without a time of its own. */
function timeOf(record: SourceRecord, start: number): number | null {
  if (typeof record === 'string') return parseLine(record, start).timestamp;
  return record.timestamp;
}

function written(time: number | null): string {
  return time === null || !isTime(time) ? '' : new Date(time).toISOString();
}
