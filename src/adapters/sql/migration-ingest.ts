import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** What ingestion keeps beside anomalies: dead letters, hours of series, and whole events where they are wanted. */
export async function createIngest({ schema }: Kysely<Tables>, bytes: string): Promise<void> {
  await schema
    .alterTable('source_totals')
    .addColumn('dropped', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .createTable('dead_letters')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('dead_letters_by_time').on('dead_letters').columns(['at', 'id']).execute();
  await schema
    .createTable('series_names')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('series', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('series_names_key', ['source', 'series'])
    .execute();
  await schema
    .createTable('rollups')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('hour', 'bigint', (c) => c.notNull())
    .addColumn('part', 'integer', (c) => c.notNull())
    .addColumn('bytes', sql.raw(bytes), (c) => c.notNull())
    .addPrimaryKeyConstraint('rollups_key', ['source', 'hour', 'part'])
    .execute();
  await schema
    .createTable('events')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('json', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('events_by_time').on('events').columns(['at', 'id']).execute();
}
