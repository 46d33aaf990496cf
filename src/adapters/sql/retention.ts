import { sql } from 'kysely';
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
    prune: (before, limit) => write((tx) => prune(tx, before, limit)),
    pruneEvents: (limit) =>
      write((tx) => deleteOldest(tx, 'events', { before: Number.POSITIVE_INFINITY, limit })),
    size: () => (dialect === 'sqlite' ? sqliteSize(db) : postgresSize(db)),
    // PostgreSQL's autovacuum does this by itself.
    vacuum: async () => dialect === 'sqlite' && sqliteVacuum(db),
  };
}

async function prune(tx: Db, before: number, limit: number): Promise<Pruned> {
  const old = await tx
    .selectFrom('anomalies')
    .select('id')
    .where('status', 'in', CLOSED)
    .where('last_seen', '<', before)
    .limit(limit)
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length > 0) {
    await tx.deleteFrom('diagnoses').where('anomaly_id', 'in', ids).execute();
    await tx.deleteFrom('fixes').where('anomaly_id', 'in', ids).execute();
    await tx.deleteFrom('jobs').where('subject', 'in', ids).execute();
    await tx.deleteFrom('anomalies').where('id', 'in', ids).execute();
  }
  const hours = await tx.deleteFrom('rollups').where('hour', '<', before).executeTakeFirst();
  return {
    anomalies: ids.length,
    events: await deleteOldest(tx, 'events', { before, limit }),
    deadLetters: await deleteOldest(tx, 'dead_letters', { before, limit }),
    rollups: Number(hours.numDeletedRows),
  };
}

interface Old {
  /** Epoch ms; infinite for any age. */
  readonly before: number;
  readonly limit: number;
}

async function deleteOldest(
  tx: Db,
  table: 'events' | 'dead_letters',
  { before, limit }: Old,
): Promise<number> {
  const all = tx.selectFrom(table).select('id').orderBy('at').orderBy('id').limit(limit);
  const oldest = before === Number.POSITIVE_INFINITY ? all : all.where('at', '<', before);
  const { numDeletedRows } = await tx.deleteFrom(table).where('id', 'in', oldest).executeTakeFirst();
  return Number(numDeletedRows);
}

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
