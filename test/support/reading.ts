import type { SourceRecord } from '../../src/domain/event.ts';
import type { Batch, Cursor, Source } from '../../src/ports/source.ts';

/** A source that is being read in the background, as a daemon would. */
export interface Reading {
  readonly batches: readonly Batch[];
  lines(): readonly string[];
  /** `stream@offset line` of each line: two readings of one place say the same. */
  places(): readonly string[];
  ended(): readonly string[];
  /** Latest cursor of each stream that has not ended. */
  cursors(): readonly Cursor[];
  until(what: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export function startReading(source: Source, from: readonly Cursor[] = []): Reading {
  const abort = new AbortController();
  const batches: Batch[] = [];
  const cursors = new Map(from.map((cursor) => [cursor.stream, cursor]));
  let failure: unknown = null;
  let done = false;
  let tell = () => {};
  const running = (async () => {
    for await (const batch of source.read(from, abort.signal)) {
      batches.push(batch);
      if (batch.ended) cursors.delete(batch.stream);
      else cursors.set(batch.stream, batch.cursor);
      tell();
    }
  })()
    .catch((error: unknown) => {
      failure = error;
    })
    .finally(() => {
      done = true;
      tell();
    });
  return {
    batches,
    lines: () => batches.flatMap(({ records }) => records.map(textOf)),
    places: () =>
      batches.flatMap(({ stream, records, offsets }) =>
        records.map((record, i) => `${stream}@${offsets[i]} ${textOf(record)}`),
      ),
    ended: () => batches.filter(({ ended }) => ended).map(({ stream }) => stream),
    cursors: () => [...cursors.values()],
    async until(what) {
      while (!what()) {
        if (done)
          throw new Error(`reading ended before; it read ${batches.length} batches`, { cause: failure });
        await new Promise<void>((resolve) => {
          tell = resolve;
          setTimeout(resolve, 20);
        });
      }
    },
    async stop() {
      abort.abort();
      await running;
      if (failure !== null) throw failure;
    },
  };
}

/** A line's text, an event as JSON. */
function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  return record.type === 'line' ? record.text : JSON.stringify(record);
}
