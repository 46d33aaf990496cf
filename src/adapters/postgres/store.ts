import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Store } from '../../ports/store.ts';
import { migrate } from '../sql/migrate.ts';
import type { Tables } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import type { Db, Write } from '../sql/write.ts';

/** Times a transaction is tried when PostgreSQL could not serialise it (SQLSTATE 40001, 40P01). */
const TRIES = 10;

/** Opens the store in a PostgreSQL schema and brings its tables up to date. */
export async function openPostgresStore(url: string, schema = 'public'): Promise<Store> {
  const pool = new pg.Pool({ connectionString: url, max: 8, options: `-c search_path=${schema}` });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db, 'postgres', schema);
  const write: Write = (work) => serializable(db, work);
  return sqlStore(db, write, () => db.destroy());
}

async function serializable<T>(db: Kysely<Tables>, work: (db: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().setIsolationLevel('serializable').execute(work);
    } catch (error) {
      if (attempt === TRIES || !isConflict(error)) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01');
}
