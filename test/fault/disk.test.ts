import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { realProgram } from '../support/real-program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigilai-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PROGRAM = join(import.meta.dirname, '../support/store-on-small-disk.ts');

/** Bubblewrap gives the program a file system of its own at `folder`, as root or not. */
function inBox(mount: readonly string[], task: 'fill' | 'open'): unknown {
  const box = ['--dev-bind', '/', '/', ...mount];
  const { stdout, stderr } = spawnSync('bwrap', [...box, process.execPath, PROGRAM, folder, task], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe.skipIf(realProgram('bwrap').skipped)('a store on a disk of its own', () => {
  it('says that the disk is full, keeps what was saved, and goes on when there is room again', () => {
    const result = inBox(['--size', '3500000', '--tmpfs', folder], 'fill');
    expect(result).toMatchObject({ refusal: 'disk_full', after: 5_000 });
    const { saved, parts, offset } = result as { saved: number; parts: number; offset: number };
    expect(saved).toBeGreaterThan(3);
    expect({ parts, offset }).toEqual({ parts: saved, offset: saved });
  });

  it('says that a disk is full before the first byte', () => {
    expect(inBox(['--size', '4096', '--tmpfs', folder], 'open')).toEqual({ refusal: 'disk_full' });
  });

  it('says that a folder is read-only, without a database and with one', async () => {
    expect(inBox(['--ro-bind', folder, folder], 'open')).toEqual({ refusal: 'state_read_only' });
    const store = await openSqliteStore(join(folder, 'state', 'vigilai.db'));
    await store.close();
    expect(inBox(['--ro-bind', folder, folder], 'open')).toEqual({ refusal: 'state_read_only' });
  });
});
