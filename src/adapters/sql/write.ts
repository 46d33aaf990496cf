import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables> | Transaction<Tables>;

/**
 * Runs `work` in one write transaction. SQLite begins it IMMEDIATE (a deferred read-then-write fails with SQLITE_BUSY
 * in spite of a busy timeout); PostgreSQL is asked again when it could not serialise.
 */
export type Write = <T>(work: (db: Db) => Promise<T>) => Promise<T>;
