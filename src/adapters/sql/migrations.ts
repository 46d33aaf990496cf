import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createAlongside } from './migration-alongside.ts';
import { createCourse } from './migration-course.ts';
import { createEventTime } from './migration-event-time.ts';
import { createIngest } from './migration-ingest.ts';
import type { Tables } from './schema.ts';

/** Bytes are `blob` in SQLite and `bytea` in PostgreSQL; everything else is spelt alike. */
export type Dialect = 'sqlite' | 'postgres';

/** Every migration ever shipped, oldest first, by name. A shipped one is never edited. */
export function migrations(dialect: Dialect): Readonly<Record<string, Migration>> {
  return {
    '0001_street': { up: (db) => createStreet(db, dialect) },
    '0002_ingest': { up: (db) => createIngest(db, dialect === 'sqlite' ? 'blob' : 'bytea') },
    '0003_course': { up: createCourse },
    '0004_alongside': { up: createAlongside },
    '0005_event_time': { up: createEventTime },
  };
}

async function createStreet(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const bytes = dialect === 'sqlite' ? sql`blob` : sql`bytea`;
  const real = 'double precision';
  const { schema } = db;
  await schema
    .createTable('anomalies')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull().unique())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('event_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('facts', 'text', (c) => c.notNull())
    .addColumn('confidence', real, (c) => c.notNull())
    .addColumn('occurrences', 'bigint', (c) => c.notNull())
    .addColumn('first_seen', 'bigint', (c) => c.notNull())
    .addColumn('last_seen', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('anomalies_once', ['fingerprint', 'event_id'])
    .execute();
  await schema.createIndex('anomalies_by_time').on('anomalies').columns(['first_seen', 'id']).execute();
  await schema
    .createIndex('anomalies_by_fingerprint')
    .on('anomalies')
    .columns(['fingerprint', 'seq'])
    .execute();
  await schema.createIndex('anomalies_by_status').on('anomalies').columns(['status', 'first_seen']).execute();
  await schema
    .createTable('cursors')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('stream', 'text', (c) => c.notNull())
    .addColumn('position', 'bigint', (c) => c.notNull())
    .addColumn('mark', 'text')
    .addPrimaryKeyConstraint('cursors_key', ['source', 'stream'])
    .execute();
  await schema
    .createTable('memory')
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('part', 'text', (c) => c.notNull())
    .addColumn('bytes', bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint('memory_key', ['source', 'part'])
    .execute();
  await schema
    .createTable('source_totals')
    .addColumn('source', 'text', (c) => c.primaryKey().notNull())
    .addColumn('events', 'bigint', (c) => c.notNull())
    .addColumn('last_commit', 'bigint', (c) => c.notNull())
    .execute();
  await createWork(db, dialect);
}

async function createWork({ schema }: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const document = (name: string) =>
    schema
      .createTable(name)
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('created', 'bigint', (c) => c.notNull())
      .addColumn('json', 'text', (c) => c.notNull());
  await document('diagnoses')
    .addColumn('anomaly_id', 'text', (c) => c.notNull())
    .execute();
  await document('fixes')
    .addColumn('anomaly_id', 'text', (c) => c.notNull())
    .addColumn('outcome', 'text', (c) => c.notNull())
    .execute();
  await document('pulls')
    .addColumn('repository', 'text', (c) => c.notNull())
    .addColumn('branch', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addUniqueConstraint('pulls_once', ['repository', 'branch'])
    .execute();
  await document('jobs')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('jobs_by_status').on('jobs').columns(['status', 'created']).execute();
  await schema.createIndex('jobs_by_subject').on('jobs').columns(['subject', 'kind']).execute();
  await schema
    .createTable('spending')
    .addColumn('seq', dialect === 'sqlite' ? 'integer' : 'serial', (c) => c.primaryKey().notNull())
    .addColumn('anomaly_id', 'text', (c) => c.notNull())
    .addColumn('dollars', 'double precision', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
}
