import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** Stored events are looked up by when they happened; of those that are there already, when they were stored is as near as can be told. */
export async function createEventTime(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('events')
    .addColumn('time', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await sql`update events set time = at`.execute(db);
  await db.schema.createIndex('events_by_their_time').on('events').columns(['time', 'id']).execute();
}
