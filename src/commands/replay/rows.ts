import type { RecordBatch } from '../../pipeline/record-batch.ts';

/** A few input rows of a recording, in order, as they go into the pipeline. */
export interface Rows {
  /** What one is called. */
  readonly noun: 'line' | 'row' | 'record';
  /** The records of all of them. */
  readonly batch: RecordBatch;
  /** How many of the records are of each row; null: one. */
  readonly sizes: readonly number[] | null;
  /** Names of what `cells` answers. */
  readonly columns: readonly string[];
  /** What a row is known by: its time as it was written, and its columns. */
  readonly cells: (row: number) => readonly string[];
}

export function countOf({ batch, sizes }: Rows): number {
  return (sizes ?? batch.records).length;
}

/** The batch of each row by itself. */
export function* eachRow({ batch, sizes }: Rows): Generator<RecordBatch> {
  const { records, offsets, marks } = batch;
  let from = 0;
  for (const size of sizes ?? records.map(() => 1)) {
    const to = from + size;
    yield {
      ...batch,
      records: records.slice(from, to),
      offsets: offsets.slice(from, to),
      marks: marks?.slice(from, to) ?? null,
    };
    from = to;
  }
}
