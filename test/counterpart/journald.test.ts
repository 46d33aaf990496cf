import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { journaldSource } from '../../src/adapters/sources/journald/journald-source.ts';
import { journaldSourceSchema } from '../../src/adapters/sources/journald/options.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { CarriedLine } from '../../src/domain/event.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Batch, Cursor, Source } from '../../src/ports/source.ts';
import { sourceContract } from '../contract/source.ts';
import {
  type JournalEntry,
  type JournalFile,
  journalFile,
  withoutJournals,
} from '../support/journal-files.ts';
import { processesWith } from '../support/processes.ts';
import { type Reading, startReading } from '../support/reading.ts';

const START = Date.UTC(2026, 0, 5, 12);

/** Pauses between two starts of journalctl are over soon. */
const impatient: Clock = {
  ...systemClock(),
  sleep: (ms, signal) => systemClock().sleep(Math.min(ms, 20), signal),
};

let root: string;
let closing: (() => Promise<void>)[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-journald-'));
  mkdirSync(join(root, 'journal'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing.toReversed()) await close();
  rmSync(root, { recursive: true, force: true });
});

function fileIn(folder: string, name: string, startMs = START): JournalFile {
  const file = journalFile(folder, name, startMs);
  closing.push(() => file.close());
  return file;
}
const file = (name = 'a', startMs = START) => fileIn(join(root, 'journal'), name, startMs);

interface Asked {
  readonly since?: string;
  readonly units?: readonly string[];
  readonly identifiers?: readonly string[];
  readonly priority?: string;
  readonly directory?: string;
}

function sourceOf(asked: Asked = {}, env: NodeJS.ProcessEnv = process.env): Source {
  const options = journaldSourceSchema.parse({
    type: 'journald',
    name: 'journal',
    since: 'oldest',
    directory: join(root, 'journal'),
    ...asked,
  });
  return journaldSource(options, { clock: impatient, env: { ...env, LC_VIGILAI_TEST: root }, root });
}

function read(source: Source = sourceOf(), from: readonly Cursor[] = []): Reading {
  const reading = startReading(source, from);
  closing.push(() => reading.stop());
  return reading;
}

const lines = (count: number, from = 0): readonly JournalEntry[] =>
  Array.from({ length: count }, (_, i) => ({ message: `line ${from + i}` }));

const carried = (reading: Reading): readonly CarriedLine[] =>
  reading.batches.flatMap(({ records }) => records) as CarriedLine[];

/** A cursor at the beginning of each record. */
const beginnings = (batches: readonly Batch[]): readonly Cursor[] =>
  batches.flatMap(({ stream, offsets, marks }) =>
    offsets.map((offset, i) => ({ stream, offset, mark: marks?.[i] ?? null })),
  );

async function all(entries: readonly JournalEntry[], asked: Asked = {}): Promise<Reading> {
  await file().write(entries);
  const reading = read(sourceOf(asked));
  await reading.until(() => reading.lines().length > 0 && reading.lines().at(-1) === 'last');
  return reading;
}

describe.skipIf(withoutJournals)('journald', () => {
  sourceContract('the journal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigilai-journal-'));
    const own = journalFile(folder, 'a', START);
    return {
      open: () => sourceOf({ directory: folder }),
      write: (text) =>
        own.write(
          text
            .split('\n')
            .slice(0, -1)
            .map((message) => ({ message })),
        ),
      drop: async () => {
        await own.close();
        rmSync(folder, { recursive: true, force: true });
      },
      offsets: 'records',
      keeps: 'all',
      lineOf: null,
    };
  });

  describe('an entry', () => {
    it('carries its time, level, writer and who wrote it', async () => {
      const fields = {
        PRIORITY: '4',
        _PID: '42',
        _SYSTEMD_UNIT: 'shop.service',
        SYSLOG_IDENTIFIER: 'node',
      };
      const reading = await all([{ message: 'slow', fields }, { message: 'last' }]);
      expect(carried(reading)).toEqual([
        {
          type: 'line',
          text: 'slow',
          timestamp: START,
          level: 'warn',
          lane: 'shop.service[42]',
          partial: false,
          metadata: { unit: 'shop.service', identifier: 'node', pid: '42' },
        },
        {
          type: 'line',
          text: 'last',
          timestamp: START + 1,
          level: null,
          lane: null,
          partial: false,
          metadata: {},
        },
      ]);
    });

    it('names the unit of a user rather than the user’s manager', async () => {
      const fields = { _SYSTEMD_UNIT: 'user@1000.service', _SYSTEMD_USER_UNIT: 'shop.service' };
      const reading = await all([{ message: 'last', fields }]);
      expect(carried(reading)[0]?.lane).toBe('shop.service');
    });

    it('tells the eight priorities apart', async () => {
      const entries = ['0', '1', '2', '3', '4', '5', '6', '7', 'x'].map((PRIORITY) => ({
        message: 'm',
        fields: { PRIORITY },
      }));
      const reading = await all([...entries, { message: 'last' }]);
      expect(carried(reading).map(({ level }) => level)).toEqual([
        'fatal',
        'fatal',
        'fatal',
        'error',
        'warn',
        'info',
        'info',
        'debug',
        null,
        null,
      ]);
    });

    it('is read as text whatever bytes and however many it has', async () => {
      const long = 'x'.repeat(100_000);
      const reading = await all([
        { message: '\u001b[31mrot\u001b[0m grün' },
        { message: Buffer.from([0xff, 0xfe, 0x41, 0x0a, 0x42]) },
        { message: long },
        { message: '' },
        { message: 'last' },
      ]);
      expect(reading.lines()).toEqual(['\u001b[31mrot\u001b[0m grün', '��A', 'B', long, '', 'last']);
    });

    it('is cut at 1 MiB, and that is counted', async () => {
      await file().write([{ message: 'x'.repeat(1024 * 1024 + 5) }, { message: 'last' }]);
      const source = sourceOf();
      const reading = read(source);
      await reading.until(() => reading.lines().length === 2);
      expect(reading.lines().map(({ length }) => length)).toEqual([1024 * 1024, 4]);
      expect(source.health().dropped).toBe(1);
    });

    it('of several lines is several records, and reading goes on at any of them', async () => {
      const whole = await all([
        { message: 'first' },
        { message: 'Error: boom\r\n    at a (/a.js:1:2)\n    at b (/b.js:3:4)\n' },
        { message: 'one\n\ntwo' },
        { message: 'last' },
      ]);
      await whole.stop();
      expect(whole.lines()).toEqual([
        'first',
        'Error: boom',
        '    at a (/a.js:1:2)',
        '    at b (/b.js:3:4)',
        'one',
        '',
        'two',
        'last',
      ]);
      for (const [n, cursor] of beginnings(whole.batches).entries()) {
        const again = read(sourceOf(), [cursor]);
        await again.until(() => again.lines().at(-1) === 'last');
        await again.stop();
        expect(again.places()).toEqual(whole.places().slice(n));
      }
    });
  });

  describe('the beginning', () => {
    it('is now, and known although nothing has come yet', async () => {
      const journal = file();
      await journal.write(lines(3));
      const seen = read();
      await seen.until(() => seen.lines().length === 3);
      const first = read(sourceOf({ since: 'now' }));
      await first.until(() => first.batches.length === 1);
      await first.stop();
      expect(first.lines()).toEqual([]);
      await journal.write(lines(2, 3));
      const second = read(sourceOf({ since: 'now' }), first.cursors());
      await second.until(() => second.lines().length === 2);
      expect(second.places()).toEqual(['journal@0 line 3', 'journal@1 line 4']);
    });

    it('is now in a journal that is empty too', async () => {
      const first = read(sourceOf({ since: 'now' }));
      await first.until(() => first.batches.length === 1);
      await first.stop();
      await file().write(lines(2));
      const second = read(sourceOf({ since: 'now' }), first.cursors());
      await second.until(() => second.lines().length === 2);
      expect(second.lines()).toEqual(['line 0', 'line 1']);
    });

    it('may be a time', async () => {
      const seen = read();
      await file('a', START).write(lines(3));
      await seen.until(() => seen.lines().length === 3);
      await file('b', START + 86_400_000).write(lines(3, 3));
      await seen.until(() => seen.lines().length === 6);
      const reading = read(sourceOf({ since: '2026-01-06 00:00:00' }));
      await reading.until(() => reading.lines().length === 3);
      expect(reading.places()[0]).toBe('journal@0 line 3');
    });

    it('that journalctl does not understand is said so', async () => {
      const source = sourceOf({ since: 'the day after' });
      read(source);
      await expect.poll(() => source.health().state).toBe('failing');
      expect(source.health().lastError).toContain('Failed to parse timestamp');
    });
  });

  describe('what is chosen', () => {
    const mixed: readonly JournalEntry[] = ['a', 'b'].flatMap((unit) =>
      ['3', '6'].map((PRIORITY) => ({
        message: `${unit}${PRIORITY}`,
        fields: { PRIORITY, _SYSTEMD_UNIT: `${unit}.service`, SYSLOG_IDENTIFIER: `${unit}-${PRIORITY}` },
      })),
    );
    it.each([
      [{ units: ['a'] }, ['a3', 'a6']],
      [{ units: ['a', 'b.service'], priority: 'err' }, ['a3', 'b3']],
      [{ identifiers: ['a-3', 'b-6'] }, ['a3', 'b6']],
      [{}, ['a3', 'a6', 'b3', 'b6']],
    ] as const)('%j', async (asked, expected) => {
      await file().write(mixed);
      const reading = read(sourceOf(asked));
      await reading.until(() => reading.lines().length >= expected.length);
      expect(reading.lines()).toEqual(expected);
    });

    it('may change between two runs, and no entry is passed over', async () => {
      const journal = file();
      await journal.write(mixed.slice(0, 2));
      const first = read(sourceOf({ units: ['a'] }));
      await first.until(() => first.lines().length === 2);
      await first.stop();
      await journal.write(mixed.slice(2));
      const second = read(sourceOf({ units: ['b'] }), first.cursors());
      await second.until(() => second.lines().length === 2);
      expect(second.places()).toEqual(['journal@2 b3', 'journal@3 b6']);
      expect(second.batches.length).toBeGreaterThan(0);
    });
  });

  it('reads what earlier boots have written, after a reboot too', async () => {
    const journal = file();
    await journal.write(lines(3));
    await journal.write(lines(3, 3).map((entry) => ({ ...entry, boot: 'd'.repeat(32) })));
    const reading = read();
    await reading.until(() => reading.lines().length === 6);
    await reading.stop();
    const again = read(sourceOf(), beginnings(reading.batches).slice(1, 2));
    await again.until(() => again.lines().length === 5);
    expect(again.places()).toEqual(reading.places().slice(1));
  });

  it('goes on in a second file', async () => {
    await file('a', START).write(lines(2));
    const reading = read();
    await reading.until(() => reading.lines().length === 2);
    await file('b', START + 60_000).write(lines(2, 2));
    await reading.until(() => reading.lines().length === 4);
    expect(reading.lines()).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
  });

  describe('journalctl', () => {
    const followers = () => processesWith(root).filter((line) => line.includes('--follow'));

    it('that is killed is started again, and nothing is lost or repeated', async () => {
      const journal = file();
      await journal.write(lines(10));
      const source = sourceOf();
      const reading = read(source);
      for (let round = 1; round <= 5; round += 1) {
        await reading.until(() => reading.lines().length === round * 10);
        killFollowers();
        await journal.write(lines(10, round * 10));
      }
      await reading.until(() => reading.lines().length === 60);
      expect(reading.places()).toEqual(Array.from({ length: 60 }, (_, i) => `journal@${i} line ${i}`));
      expect(source.health()).toMatchObject({ state: 'idle', lastError: null, dropped: 0 });
    });

    it('leaves nothing behind when reading ends', async () => {
      await file().write(lines(1));
      const reading = read();
      await reading.until(() => reading.lines().length === 1);
      expect(followers()).toHaveLength(1);
      await reading.stop();
      expect(processesWith(root)).toEqual([]);
    });

    it('waits while nobody takes its lines', async () => {
      await file().write(Array.from({ length: 20_000 }, (_, i) => ({ message: `${i} ${'x'.repeat(200)}` })));
      const source = sourceOf();
      const abort = new AbortController();
      const batches = source.read([], abort.signal)[Symbol.asyncIterator]();
      await batches.next(); // the place to begin at
      let first = await batches.next();
      while (first.value?.records.length === 0) first = await batches.next();
      await expect.poll(() => source.health().lagBytes).toBeGreaterThan(0);
      expect(source.health()).toMatchObject({ state: 'reading' });
      expect(source.health().lagBytes).toBeLessThan(256 * 1024);
      abort.abort();
      await batches.return?.();
      expect(followers()).toEqual([]);
    });

    it('that is not there is said so, and tried again', async () => {
      const source = sourceOf({}, { PATH: join(root, 'nothing') });
      const reading = read(source);
      await expect.poll(() => source.health().state).toBe('failing');
      expect(source.health().lastError).toContain('journalctl');
      await reading.stop();
      expect(source.health().state).toBe('ended');
    });

    it('that finds no folder is tried until there is one', async () => {
      const source = sourceOf({ directory: 'later', since: 'now' });
      const reading = read(source);
      await expect.poll(() => source.health().state).toBe('failing');
      expect(source.health().lastError).toContain('Failed to open');
      mkdirSync(join(root, 'later'));
      const journal = fileIn(join(root, 'later'), 'a', Date.now() + 60_000);
      await journal.write(lines(2));
      await reading.until(() => reading.lines().length === 2);
      expect(source.health()).toMatchObject({ lastError: null, dropped: 0 });
    });

    function killFollowers(): void {
      const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
      for (const pid of pids) if (commandOf(pid).includes(root)) process.kill(Number(pid), 'SIGKILL');
    }

    function commandOf(pid: string): string {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes('--follow') ? command : '';
      } catch {
        return ''; // it left
      }
    }
  });

  describe('a cursor whose entry is gone', () => {
    async function readUpTo(count: number, journal: JournalFile): Promise<Reading> {
      await journal.write(lines(count));
      const reading = read();
      await reading.until(() => reading.lines().length === count);
      await reading.stop();
      await journal.close();
      rmSync(journal.path);
      return reading;
    }

    it('goes on at the oldest entry there is, and says so', async () => {
      const first = await readUpTo(5, file('a', START));
      await file('b', START + 60_000).write(lines(3, 10));
      const source = sourceOf();
      const reading = read(source, first.cursors());
      await reading.until(() => reading.lines().length === 3);
      expect(reading.places()).toEqual(['journal@5 line 10', 'journal@6 line 11', 'journal@7 line 12']);
      expect(source.health()).toMatchObject({ state: 'idle', dropped: 1 });
      expect(source.health().lastError).toContain('no longer has the entry');
    });

    it('does so in a journal that is older, as after the clock was set back', async () => {
      const first = await readUpTo(5, file('a', START));
      await file('b', START - 60_000).write(lines(3, 10));
      const source = sourceOf();
      const reading = read(source, first.cursors());
      await reading.until(() => reading.lines().length === 3);
      expect(reading.places()[0]).toBe('journal@5 line 10');
      expect(source.health().dropped).toBe(1);
    });
  });
});
