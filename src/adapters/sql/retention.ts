import { sql } from 'kysely';
import type { KeptEvent } from '../../domain/kept-event.ts';
import type { Pruned, Store } from '../../ports/store.ts';
import type { Dialect } from './migrations.ts';
import type { Db, Write } from './write.ts';

type RetentionPart = Pick<Store, 'prune' | 'pruneEvents' | 'size' | 'vacuum'>;

/** An anomaly may be forgotten only when nothing more will happen to it. */
const CLOSED = ['resolved', 'false_positive', 'failed'];
/** Pages that one call of `vacuum` gives back: a few milliseconds. */
const PAGES = 256;

/** What is kept for how long. */
export function retentionStore(db: Db, write: Write, dialect: Dialect): RetentionPart {
  return {
    prune: (before) => write((tx) => prune(tx, before)),
    pruneEvents: (limit) => write((tx) => pruneEvents(tx, limit)),
    size: () => (dialect === 'sqlite' ? sqliteSize(db) : postgresSize(db)),
    // PostgreSQL's autovacuum does this by itself.
    vacuum: async () => dialect === 'sqlite' && sqliteVacuum(db),
  };
}

async function prune(tx: Db, before: number): Promise<Pruned> {
  const old = await tx
    .selectFrom('anomalies')
    .select('id')
    .where('status', 'in', CLOSED)
    .where('last_seen', '<', before)
    .limit(500)
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.deleteFrom('diagnoses').where('anomaly_id', 'in', ids).execute();
    await tx.deleteFrom('fixes').where('anomaly_id', 'in', ids).execute();
    await tx.deleteFrom('jobs').where('subject', 'in', ids).execute();
    await tx.deleteFrom('anomalies').where('id', 'in', ids).execute();
  }
  const dead = await tx.deleteFrom('dead_letters').where('at', '<', before).executeTakeFirst();
  const hours = await tx.deleteFrom('rollups').where('hour', '<', before).executeTakeFirst();
  const events = await tx.deleteFrom('events').where('at', '<', before).executeTakeFirst();
  return {
    anomalies: ids.length,
    events: Number(events.numDeletedRows),
    deadLetters: Number(dead.numDeletedRows),
    rollups: Number(hours.numDeletedRows),
  };
}

async function pruneEvents(tx: Db, limit: number): Promise<number> {
  const oldest = tx.selectFrom('events').select('id').orderBy('at').orderBy('id').limit(limit);
  const { numDeletedRows } = await tx.deleteFrom('events').where('id', 'in', oldest).executeTakeFirst();
  return Number(numDeletedRows);
}

/** In the transaction of a commit; an event that is there already was read again. */
export async function keepEvents(tx: Db, source: string, events: readonly KeptEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += ROWS) {
    const rows = events.slice(from, from + ROWS).map(({ id, timestamp, type, json }) => ({
      ...{ id, source, type, json },
      at: Math.round(timestamp),
    }));
    await tx
      .insertInto('events')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

/** Rows of one statement. */
const ROWS = 100;

/** Pages in use; those that were freed and not given back yet are not counted. */
async function sqliteSize(db: Db): Promise<number> {
  const [pages, free, bytes] = [
    await pragma(db, 'page_count'),
    await pragma(db, 'freelist_count'),
    await pragma(db, 'page_size'),
  ];
  return (pages - free) * bytes;
}

async function postgresSize(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r'`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

async function sqliteVacuum(db: Db): Promise<boolean> {
  await sql.raw(`pragma incremental_vacuum(${PAGES})`).execute(db);
  return (await pragma(db, 'freelist_count')) > 0;
}

async function pragma(db: Db, name: string): Promise<number> {
  const { rows } = await sql.raw<Record<string, number>>(`pragma ${name}`).execute(db);
  return Number(Object.values(rows[0] ?? {})[0] ?? 0);
}
