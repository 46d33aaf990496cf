import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  endMarkerOf,
  findJournals,
  openJournal,
  removeJournal,
} from '../../../src/adapters/journal/journal.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigilai-journal-'));
  folder = join(root, 'journals');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const AT = Date.UTC(2026, 0, 5);

describe('a journal', () => {
  it('is for its owner alone', async () => {
    const journal = openJournal(folder, 'npm', AT);
    expect(statSync(journal.path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await journal.close();
    expect(statSync(endMarkerOf(journal.path)).mode & 0o777).toBe(0o600);
  });

  it('holds at once what was written, and is marked as ended only when closed', async () => {
    const journal = openJournal(folder, 'npm', AT);
    journal.write('grüße\nha');
    journal.write('lf\n');
    expect(readFileSync(journal.path, 'utf8')).toBe('grüße\nhalf\n');
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
    writeFileSync(join(folder, 'something else.txt'), '');
    expect(await findJournals(folder)).toEqual([
      { source: 'closed', path: closed.path, endMarker: endMarkerOf(closed.path) },
      { source: 'open.one', path: open.path, endMarker: endMarkerOf(open.path) },
    ]);
    expect(existsSync(endMarkerOf(open.path))).toBe(false);
    await open.close();
  });

  it('counts as ended when its writer has died', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const own = openJournal(folder, 'own', AT);
    const path = join(folder, `npm.${dead}.${AT}.log`);
    writeFileSync(path, 'last words\n');
    await findJournals(folder);
    expect(existsSync(endMarkerOf(path))).toBe(true);
    expect(existsSync(endMarkerOf(own.path))).toBe(false);
    await own.close();
  });

  it('is removed with its marker, and removing it twice is harmless', async () => {
    const journal = openJournal(folder, 'npm', AT);
    await journal.close();
    await removeJournal(journal.path);
    await removeJournal(journal.path);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has a folder that need not be there yet', async () => {
    expect(await findJournals(join(root, 'none'))).toEqual([]);
  });
});
