import { chmod, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Store } from '../../ports/store.ts';
import { migrate } from '../sql/migrate.ts';
import type { Tables } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import type { Write } from '../sql/write.ts';
import { sqliteError } from './errors.ts';

/**
 * Opens (and creates, 0600 in a 0700 folder) the database at `path` and brings its schema up to date.
 * @throws VigilError `state_read_only`, `disk_full`, `state_busy`, `state_damaged`, `state_too_new`.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const db = await guarded(path, () => openDatabase(path));
  await guarded(path, () => migrate(db, 'sqlite', path));
  await guarded(path, () => chmod(path, 0o600));
  const write: Write = (work) => guarded(path, () => immediate(db, work));
  const store = sqlStore(db, write, () => db.destroy());
  return store;
}

async function openDatabase(path: string): Promise<Kysely<Tables>> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const database = new Database(path);
  database.pragma('busy_timeout = 5000');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}

/** One write transaction, begun IMMEDIATE. Kysely hands out one connection at a time, so writers queue in order. */
function immediate<T>(db: Kysely<Tables>, work: Parameters<Write>[0]): Promise<T> {
  return db.connection().execute(async (connection) => {
    await sql`begin immediate`.execute(connection);
    try {
      const result = await work(connection);
      await sql`commit`.execute(connection);
      return result as T;
    } catch (error) {
      // A full disk may have rolled back already; the first error is the one that tells.
      await sql`rollback`.execute(connection).catch(() => undefined);
      throw error;
    }
  });
}

async function guarded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw sqliteError(error, path);
  }
}
