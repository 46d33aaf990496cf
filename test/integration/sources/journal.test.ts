import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findJournals, removeJournal } from '../../../src/adapters/sources/journal/find.ts';
import { journalSource } from '../../../src/adapters/sources/journal/reader.ts';
import { endMarkerOf, SEGMENT_BYTES, segmentsOf } from '../../../src/adapters/sources/journal/segments.ts';
import { signOf } from '../../../src/adapters/sources/journal/sign.ts';
import { openJournal } from '../../../src/adapters/sources/journal/writer.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { startReading } from '../../support/reading.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-journal-'));
  folder = join(root, 'journals');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const AT = Date.UTC(2026, 0, 5);
const clock = systemClock();

function textSource(path: string) {
  const whole = { name: 'npm', folder: path, form: 'text', limit: () => Number.POSITIVE_INFINITY } as const;
  return journalSource(whole, clock, signOf(path, clock));
}

describe('the journal of a command', () => {
  it('is for its owner alone', async () => {
    const journal = openJournal(folder, 'npm', AT);
    const [segment] = await segmentsOf(journal.path);
    expect(statSync(segment?.path ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(journal.path).mode & 0o777).toBe(0o700);
    await journal.close();
    expect(statSync(endMarkerOf(journal.path)).mode & 0o777).toBe(0o600);
  });

  it('holds at once what was written, and is marked as ended only when closed', async () => {
    const journal = openJournal(folder, 'npm', AT);
    journal.write('grüße\nha');
    journal.write('lf\n');
    const [segment] = await segmentsOf(journal.path);
    expect(readFileSync(segment?.path ?? '', 'utf8')).toBe('grüße\nhalf\n');
    expect(existsSync(endMarkerOf(journal.path))).toBe(false);
    await journal.close();
    expect(existsSync(endMarkerOf(journal.path))).toBe(true);
  });

  it('says so when its folder cannot be made', () => {
    writeFileSync(folder, 'a file');
    expect(() => openJournal(folder, 'npm', AT)).toThrow(
      expect.objectContaining({ code: 'state_read_only' }),
    );
  });

  it('is found again by source, ended or not', async () => {
    const open = openJournal(folder, 'open.one', AT);
    const closed = openJournal(folder, 'closed', AT);
    await closed.close();
    mkdirSync(join(folder, 'something else'));
    expect(await findJournals(folder)).toEqual([
      { source: 'closed', path: closed.path },
      { source: 'open.one', path: open.path },
    ]);
    expect(existsSync(endMarkerOf(open.path))).toBe(false);
    await open.close();
  });

  it('counts as ended when its writer has died', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const own = openJournal(folder, 'own', AT);
    const path = join(folder, `npm.${dead}.${AT}`);
    mkdirSync(path);
    await findJournals(folder);
    expect(existsSync(endMarkerOf(path))).toBe(true);
    expect(existsSync(endMarkerOf(own.path))).toBe(false);
    await own.close();
  });

  it('is removed whole, and removing it twice is harmless', async () => {
    const journal = openJournal(folder, 'npm', AT);
    await journal.close();
    await removeJournal(journal.path);
    await removeJournal(journal.path);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has a folder that need not be there yet', async () => {
    expect(await findJournals(join(root, 'none'))).toEqual([]);
  });

  it('is read over all its segments, to the last line without a line end', async () => {
    const journal = openJournal(folder, 'npm', AT);
    const line = `${'x'.repeat(1023)}\n`;
    const count = (SEGMENT_BYTES / 1024) * 2 + 10;
    for (let i = 0; i < count; i += 1) journal.write(line);
    journal.write('end');
    await journal.close();
    expect(await segmentsOf(journal.path)).toHaveLength(3);
    const reading = startReading(textSource(journal.path));
    await reading.until(() => reading.ended().length === 1);
    expect(reading.lines()).toHaveLength(count + 1);
    expect(reading.lines().at(-1)).toBe('end');
    expect(reading.batches.at(-1)?.cursor.offset).toBe(count * 1024 + 3);
    await reading.stop();
  });

  it('goes on from a cursor in any segment, and deletes what is saved behind it', async () => {
    const journal = openJournal(folder, 'npm', AT);
    const line = (i: number) => `${String(i).padStart(1023)}\n`;
    const count = (SEGMENT_BYTES / 1024) * 2 + 10;
    for (let i = 0; i < count; i += 1) journal.write(line(i));
    const source = textSource(journal.path);
    const stream = journal.path.split('/').at(-1) ?? '';
    const from = count - 20;
    const reading = startReading(source, [{ stream, offset: from * 1024, mark: null }]);
    await reading.until(() => reading.lines().length === 20);
    expect(Number(reading.lines()[0])).toBe(from);
    source.saved?.(reading.cursors());
    await reading.until(() => readdirSync(journal.path).length === 1);
    await reading.stop();
    await journal.close();
  });

  it('brings a line soon after it was written', async () => {
    const journal = openJournal(folder, 'npm', AT);
    const reading = startReading(textSource(journal.path));
    journal.write('one\n');
    await reading.until(() => reading.lines().length === 1);
    const [segment] = await segmentsOf(journal.path);
    appendFileSync(segment?.path ?? '', 'two\n');
    await reading.until(() => reading.lines().length === 2);
    await reading.stop();
    await journal.close();
  });
});
