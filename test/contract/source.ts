import { afterEach, describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../src/domain/event.ts';
import type { Batch, Cursor, Source } from '../../src/ports/source.ts';
import { type Reading, startReading } from '../support/reading.ts';

/** Something that is written to while it is read. */
export interface SourceBench {
  /** A new reader of the same thing, as after a restart. */
  readonly open: () => Source;
  /**
   * Lines, each with its `\n`; each comes out as one record, all of one stream. A socket that is not open yet is waited
   * for, and what the reader needs to see it (a flush, a next scrape) is done. Only a bench of `bytes` gets half lines.
   */
  readonly write: (text: string) => Promise<void>;
  readonly drop: () => Promise<void>;
  /** `bytes`: offsets are bytes of the written text. `records`: they only have to grow from record to record. */
  readonly offsets: 'bytes' | 'records';
  /**
   * What can be read again: `all` that was ever written (files, docker, journald), what was `received` while somebody
   * read (sockets with a journal), or `none` of it (measurements of the moment).
   */
  readonly keeps: 'all' | 'received' | 'none';
  /** The written line that this record stands for; null: a bare line, or the text of a carried one. */
  readonly lineOf: ((record: SourceRecord) => string) | null;
}

/** What must hold for every Source. Nothing is there to read before the first `write`. */
export function sourceContract(name: string, make: () => Promise<SourceBench>): void {
  describe(`${name} as a source`, () => {
    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) await close();
    });
    async function bench(): Promise<OpenBench> {
      const made = await make();
      closing.push(() => made.drop());
      const read = (from: readonly Cursor[] = []) => {
        const reading = startReading(made.open(), from);
        closing.push(() => reading.stop());
        return { ...reading, lines: () => linesOf(reading.batches, made.lineOf) };
      };
      return { ...made, read };
    }

    anySource(bench);
    describe('read again', () => rereadable(bench));
    describe('byte for byte', () => bytewise(bench));
  });
}

type OpenBench = SourceBench & { readonly read: (from?: readonly Cursor[]) => Reading };
type Bench = () => Promise<OpenBench>;

function anySource(bench: Bench): void {
  it('waits for what is not there yet', async () => {
    const { read, write } = await bench();
    const reading = read();
    await write('one\ntwo\n');
    await reading.until(() => reading.lines().length === 2);
    expect(reading.lines()).toEqual(['one', 'two']);
  });

  it('tells of each record where it begins, and where to go on after it', async () => {
    const { read, write } = await bench();
    const reading = read();
    await write('a\n');
    await reading.until(() => reading.lines().length === 1);
    await write('b\nc\nd\n');
    await reading.until(() => reading.lines().length === 4);
    for (const { stream, records, offsets, marks, cursor } of reading.batches) {
      expect(offsets).toHaveLength(records.length);
      expect(marks ?? records).toHaveLength(records.length);
      expect(cursor.stream).toBe(stream);
      expect(cursor.offset).toBeGreaterThan(offsets.at(-1) ?? -1);
    }
    const offsets = reading.batches.flatMap((batch) => batch.offsets);
    expect(offsets).toEqual([...new Set(offsets)].toSorted((a, b) => a - b));
    expect(reading.cursors()).toEqual([reading.batches.at(-1)?.cursor]);
  });

  it('yields at most 4,096 records at once', async () => {
    const { read, write } = await bench();
    const reading = read();
    await write(Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join(''));
    await reading.until(() => reading.lines().length === 10_000);
    expect(Math.max(...reading.batches.map(({ records }) => records.length))).toBeLessThanOrEqual(4096);
    expect(reading.lines().at(-1)).toBe('9999');
  });

  it('ends soon after the signal aborts, whether it has something to say or not', async () => {
    const { read, write } = await bench();
    const idle = read();
    await idle.stop();
    const busy = read();
    await write('a\n');
    await busy.until(() => busy.lines().length === 1);
    await busy.stop();
    expect(busy.ended()).toEqual([]);
  });

  it('says how it is', async () => {
    const { open, write } = await bench();
    const source = open();
    expect(source.health()).toMatchObject({ state: 'waiting', streams: 0, dropped: 0, lastError: null });
    const reading = startReading(source);
    try {
      await write('a\n');
      await reading.until(() => reading.batches.length > 0 && source.health().state === 'idle');
      const calm = { state: 'idle', lagBytes: 0, streams: 1, dropped: 0, lastError: null };
      expect(source.health()).toEqual(calm);
    } finally {
      await reading.stop();
    }
    expect(source.health().state).toBe('ended');
  });
}

function rereadable(bench: Bench): void {
  it('goes on from any place it has given, and neither loses nor repeats a line', async ({ skip }) => {
    const { read, write, keeps } = await bench();
    skip(keeps === 'none', 'nothing of it is kept');
    const whole = read();
    await write(Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join(''));
    await whole.until(() => whole.lines().length === 20);
    await whole.stop();
    const beginnings = whole.batches.flatMap(cursorsOf);
    for (const n of [0, 1, 7, 19]) {
      const reading = read(beginnings.slice(n, n + 1));
      await reading.until(() => reading.lines().length >= 20 - n);
      await reading.stop();
      expect(reading.places()).toEqual(whole.places().slice(n));
    }
  });

  it('brings what came while nobody read', async ({ skip }) => {
    const { read, write, keeps } = await bench();
    skip(keeps !== 'all', 'nobody hears it meanwhile');
    await write('a\n');
    const first = read();
    await first.until(() => first.lines().length === 1);
    await first.stop();
    await write('b\nc\n');
    const second = read(first.cursors());
    await second.until(() => second.lines().length === 2);
    expect(second.lines()).toEqual(['b', 'c']);
  });
}

function bytewise(bench: Bench): void {
  it('tells of each line at which byte it begins', async ({ skip }) => {
    const { read, write, offsets } = await bench();
    skip(offsets !== 'bytes', 'it counts in records');
    await write('grüße\r\n\nend\n');
    const reading = read();
    await reading.until(() => reading.lines().length === 3);
    expect(reading.lines()).toEqual(['grüße', '', 'end']);
    expect(reading.batches.flatMap((batch) => batch.offsets)).toEqual([0, 9, 10]);
    expect(reading.cursors()).toMatchObject([{ offset: 14 }]);
  });

  it('says after a batch of blank lines where the next one begins', async ({ skip }) => {
    const { read, write, offsets } = await bench();
    skip(offsets !== 'bytes', 'it counts in records');
    await write('\n'.repeat(10_000));
    const reading = read();
    await reading.until(() => reading.lines().length === 10_000);
    const [first] = reading.batches;
    expect(first?.cursor.offset).toBe(first?.records.length);
  });

  it('lets a line wait for its end, and does not count it as read', async ({ skip }) => {
    const { read, write, offsets } = await bench();
    skip(offsets !== 'bytes', 'it gets whole lines');
    await write('whole\nhal');
    const reading = read();
    await reading.until(() => reading.lines().length === 1);
    expect(reading.cursors()).toMatchObject([{ offset: 6 }]);
    await write('f\n');
    await reading.until(() => reading.lines().length === 2);
    expect(reading.lines()).toEqual(['whole', 'half']);
  });
}

/** A cursor at the beginning of each record. */
function cursorsOf({ stream, offsets, marks, mark }: Batch): readonly Cursor[] {
  return offsets.map((offset, i) => ({ stream, offset, mark: marks === null ? mark : (marks[i] ?? null) }));
}

function linesOf(batches: readonly Batch[], lineOf: SourceBench['lineOf']): readonly string[] {
  return batches.flatMap(({ records }) => records.map(lineOf ?? textOf));
}

function textOf(record: SourceRecord): string {
  if (typeof record === 'string') return record;
  if (record.type === 'line') return record.text;
  throw new Error('a bench of events says with `lineOf` which line each of them is');
}
