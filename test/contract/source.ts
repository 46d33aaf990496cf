import { afterEach, describe, expect, it } from 'vitest';
import type { Cursor, Source } from '../../src/ports/source.ts';
import { type Reading, startReading } from '../support/reading.ts';

/** Something that is written to while it is read. */
export interface SourceBench {
  /** A new reader of the same thing, as after a restart. */
  readonly open: () => Source;
  readonly write: (text: string) => Promise<void>;
  readonly drop: () => Promise<void>;
}

/** What must hold for every Source. Nothing is there to read before the first `write`. */
export function sourceContract(name: string, make: () => Promise<SourceBench>): void {
  describe(`${name} as a source`, () => {
    const closing: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closing.splice(0).toReversed()) await close();
    });
    async function bench(): Promise<SourceBench & { readonly read: (from?: readonly Cursor[]) => Reading }> {
      const made = await make();
      closing.push(() => made.drop());
      const read = (from: readonly Cursor[] = []) => {
        const reading = startReading(made.open(), from);
        closing.push(() => reading.stop());
        return reading;
      };
      return { ...made, read };
    }

    it('waits for what is not there yet', async () => {
      const { read, write } = await bench();
      const reading = read();
      await write('one\ntwo\n');
      await reading.until(() => reading.lines().length === 2);
      expect(reading.lines()).toEqual(['one', 'two']);
    });

    it('tells of each line at which byte it begins', async () => {
      const { read, write } = await bench();
      await write('grüße\r\n\nend\n');
      const reading = read();
      await reading.until(() => reading.lines().length === 3);
      const offsets = reading.batches.flatMap((batch) => batch.offsets);
      expect(reading.lines()).toEqual(['grüße', '', 'end']);
      expect(offsets).toEqual([0, 9, 10]);
      expect(reading.cursors()).toMatchObject([{ offset: 14 }]);
    });

    it('goes on from any place it has given, and neither loses nor repeats a line', async () => {
      const { read, write } = await bench();
      await write(Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join(''));
      const whole = read();
      await whole.until(() => whole.lines().length === 20);
      await whole.stop();
      const batch = whole.batches[0];
      for (const n of [0, 1, 7, 19]) {
        const cursor = {
          stream: batch?.stream ?? '',
          offset: batch?.offsets[n] ?? -1,
          mark: batch?.mark ?? null,
        };
        const reading = read([cursor]);
        await reading.until(() => reading.lines().length >= 20 - n);
        await reading.stop();
        expect(reading.places()).toEqual(whole.places().slice(n));
      }
    });

    it('brings what came while nobody read', async () => {
      const { read, write } = await bench();
      await write('a\n');
      const first = read();
      await first.until(() => first.lines().length === 1);
      await first.stop();
      await write('b\nc\n');
      const second = read(first.cursors());
      await second.until(() => second.lines().length === 2);
      expect(second.lines()).toEqual(['b', 'c']);
    });

    it('lets a line wait for its end, and does not count it as read', async () => {
      const { read, write } = await bench();
      await write('whole\nhal');
      const reading = read();
      await reading.until(() => reading.lines().length === 1);
      expect(reading.cursors()).toMatchObject([{ offset: 6 }]);
      await write('f\n');
      await reading.until(() => reading.lines().length === 2);
      expect(reading.lines()).toEqual(['whole', 'half']);
    });

    it('yields at most 4,096 lines at once', async () => {
      const { read, write } = await bench();
      await write('\n'.repeat(10_000));
      const reading = read();
      await reading.until(() => reading.lines().length === 10_000);
      expect(Math.max(...reading.batches.map(({ records }) => records.length))).toBeLessThanOrEqual(4096);
      const [first] = reading.batches;
      expect(first?.cursor.offset).toBe(first?.records.length);
    });

    it('ends soon after the signal aborts, whether it has something to say or not', async () => {
      const { read, write } = await bench();
      const idle = read();
      await idle.stop();
      await write('a\n');
      const busy = read();
      await busy.until(() => busy.lines().length === 1);
      await busy.stop();
      expect(busy.ended()).toEqual([]);
    });

    it('says how it is', async () => {
      const { open, write } = await bench();
      const source = open();
      expect(source.health()).toMatchObject({ state: 'waiting', streams: 0, dropped: 0, lastError: null });
      const reading = startReading(source);
      await write('a\n');
      await reading.until(() => source.health().state === 'idle');
      expect(source.health()).toEqual({
        state: 'idle',
        lagBytes: 0,
        streams: 1,
        dropped: 0,
        lastError: null,
      });
      await reading.stop();
      expect(source.health().state).toBe('ended');
    });
  });
}
