import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
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

// `.ci/run` names a server; the README's tests need none.
const url = process.env['VIGILAI_TEST_POSTGRES'];
if (url !== undefined) {
  storeContract('postgres', async () => {
    const schema = `t_${randomUUID().replaceAll('-', '')}`;
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`create schema ${schema}`);
    return {
      store: await openPostgresStore(url, schema),
      again: () => openPostgresStore(url, schema),
      drop: async () => {
        await admin.query(`drop schema ${schema} cascade`);
        await admin.end();
      },
    };
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
      await (await openSqliteStore(path)).close();
      expect((await stat(path)).mode & 0o777).toBe(0o600);
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
