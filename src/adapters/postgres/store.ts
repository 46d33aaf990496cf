import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import type { Store } from '../../ports/store.ts';
import { migrate } from '../sql/migrate.ts';
import type { Tables } from '../sql/schema.ts';
import { sqlStore } from '../sql/store.ts';
import type { Db, Write } from '../sql/write.ts';
import { isConflict, postgresError } from './errors.ts';

/** Times a transaction is tried when PostgreSQL could not serialise it. */
const TRIES = 20;

/**
 * Opens the store in a PostgreSQL schema and brings its tables up to date.
 * @throws VigilError `state_busy` (no server answers), `state_read_only`, `disk_full`, `state_too_new`.
 */
export async function openPostgresStore(url: string, schema = 'public'): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 10_000,
    options: `-c search_path=${schema}`,
  });
  pool.on('error', () => undefined); // a connection that broke while idle: the next query opens another
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guardedPool(pool) }) });
  const write: Write = (work) => serializable(db, work);
  try {
    await migrate(db, write, 'postgres', schema);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return sqlStore(db, write, 'postgres', () => db.destroy());
}

/** A pool whose every query throws in our words. */
function guardedPool(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch(rethrow);
      const guarded = {
        query: (text: string, values: unknown[]) => client.query(text, values).catch(rethrow),
        release: (destroy?: boolean) => client.release(destroy),
      };
      return guarded as unknown as PostgresPoolClient; // without its cursors, which nobody opens
    },
  };
}

function rethrow(error: unknown): never {
  throw postgresError(error);
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
