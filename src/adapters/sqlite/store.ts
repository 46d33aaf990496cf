import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import { VigilError } from '../../domain/errors.ts';
import type { Store } from '../../ports/store.ts';
import { migrate } from '../sql/migrate.ts';
import type { Tables } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import type { Write } from '../sql/write.ts';
import { guarded, guardedDatabase } from './guarded.ts';

/** How long another process may hold the write lock. */
const BUSY_MS = 5_000;

/**
 * Opens (and creates, 0600 in a 0700 folder) the database at `path` and brings its schema up to date. Every method of
 * the store throws the same errors as this function, where the disk or another process gives cause.
 * @throws VigilError `state_read_only`, `disk_full`, `state_busy`, `state_damaged`, `state_too_new`.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  await createPrivately(path);
  const database = guarded(path, () => openDatabase(path));
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  const write: Write = (work) => immediate(db, work);
  try {
    await migrate(db, write, 'sqlite', path);
  } catch (error) {
    database.close();
    throw error;
  }
  return sqlStore(db, write, 'sqlite', () => db.destroy());
}

/** SQLite gives its `-wal` and `-shm` files the mode of the database, so that has to be right before the first write. */
async function createPrivately(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    await file.chmod(0o600);
    await file.close();
  } catch (error) {
    guarded(path, () => {
      throw error;
    });
  }
}

function openDatabase(path: string) {
  const database = new Database(path);
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    // Only a new database takes this; an older one is not given back what it freed.
    if (database.pragma('page_count', { simple: true }) === 0) database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    // From here on waiting for another writer is done by `begin`, which does not block the event loop.
    database.pragma('busy_timeout = 100');
  } catch (error) {
    database.close();
    throw error;
  }
  return guardedDatabase(database, path);
}

/** One write transaction, begun IMMEDIATE. Kysely hands out one connection at a time, so writers queue in order. */
function immediate<T>(db: Kysely<Tables>, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    await begin(connection);
    try {
      const result = await work(connection);
      await sql`commit`.execute(connection);
      return result;
    } catch (error) {
      // A full disk may have rolled back already; the first error is the one that tells.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

/** Waits for its turn, at most `BUSY_MS`. */
async function begin(connection: Kysely<Tables>): Promise<void> {
  const until = performance.now() + BUSY_MS;
  for (;;) {
    try {
      await sql`begin immediate`.execute(connection);
      return;
    } catch (error) {
      const busy = error instanceof VigilError && error.code === 'state_busy';
      if (!busy || performance.now() > until) throw error;
      await setTimeout(5 + Math.random() * 20); // uneven, so that two who wait do not march in step
    }
  }
}
