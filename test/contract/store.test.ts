import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../src/adapters/postgres/store.ts';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { storeContract } from './store.ts';

async function folder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'vigilai-store-'));
}

storeContract('sqlite', async () => {
  const dir = await folder();
  const path = join(dir, 'state', 'vigilai.db');
  return {
    store: await openSqliteStore(path),
    again: () => openSqliteStore(path),
    drop: () => rm(dir, { recursive: true, force: true }),
  };
});

// `.ci/run` names a server, and fails when it does not answer; the README's tests need none.
const url = process.env['VIGILAI_TEST_POSTGRES'];
if (url !== undefined) {
  storeContract('postgres', async () => {
    const schema = `vigilai_test_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create schema ${schema}`);
    const drop = async () => {
      await admin.query(`drop schema ${schema} cascade`);
      await admin.end();
    };
    const again = () => openPostgresStore(url, schema);
    try {
      return { store: await again(), again, drop };
    } catch (error) {
      await drop();
      throw error;
    }
  });

  it('says so when no PostgreSQL answers', async () => {
    await expect(openPostgresStore('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
      code: 'state_busy',
      retry: true,
    });
  });
}

describe('a sqlite database that cannot be used', () => {
  async function withPath(use: (path: string) => Promise<void>): Promise<void> {
    const dir = await folder();
    try {
      await use(join(dir, 'vigilai.db'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }

  it('is made for its owner alone', () =>
    withPath(async (path) => {
      const store = await openSqliteStore(path);
      const modes = await Promise.all(['', '-wal', '-shm'].map((end) => stat(path + end)));
      expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
      await store.close();
    }));

  it('is opened by two processes at once, the first time too', () =>
    withPath(async (path) => {
      const stores = await Promise.all([openSqliteStore(path), openSqliteStore(path), openSqliteStore(path)]);
      expect(await stores[2].totals()).toMatchObject({ anomalies: 0 });
      for (const store of stores) await store.close();
    }));

  it('says so when another process holds the write lock for good', () =>
    withPath(async (path) => {
      const store = await openSqliteStore(path);
      const other = new Database(path);
      other.exec('begin immediate');
      await expect(store.spend('a', 1, 0)).rejects.toMatchObject({ code: 'state_busy', retry: true });
      other.exec('rollback');
      other.close();
      await store.spend('a', 1, 0);
      expect(await store.spent('a', 0)).toEqual({ anomaly: 1, day: 1, workspace: 1 });
      await store.close();
    }));

  it('says so when a page of it is damaged, on reading too', () =>
    withPath(async (path) => {
      const store = await openSqliteStore(path);
      await store.spend('a', 1, 0);
      await store.close();
      const bytes = await readFile(path);
      bytes.fill(0xff, 4096 * 2);
      await writeFile(path, bytes);
      const reading = async () => {
        await using open = new AsyncDisposableStack();
        const again = await openSqliteStore(path);
        open.defer(() => again.close());
        await again.spent('a', 0);
      };
      await expect(reading()).rejects.toMatchObject({ code: 'state_damaged' });
    }));

  it('says so when a newer version wrote it', () =>
    withPath(async (path) => {
      await (await openSqliteStore(path)).close();
      const db = new Database(path);
      db.prepare("insert into kysely_migration (name, timestamp) values ('9999_future', '2030')").run();
      db.close();
      await expect(openSqliteStore(path)).rejects.toMatchObject({ code: 'state_too_new', exit: 10 });
    }));

  it('says so when it is no database', () =>
    withPath(async (path) => {
      await writeFile(path, 'this is not a database, and long enough to be seen as such'.repeat(40));
      await expect(openSqliteStore(path)).rejects.toMatchObject({ code: 'state_damaged' });
    }));

  it('says so when its folder is a file', () =>
    withPath(async (path) => {
      await writeFile(path, '');
      await expect(openSqliteStore(join(path, 'below.db'))).rejects.toMatchObject({
        code: 'state_read_only',
      });
    }));
});
