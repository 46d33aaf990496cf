import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** What teaches: how bad it was, and until when it is muted. And the values around the opening, as JSON. */
export async function createCourse({ schema }: Kysely<Tables>): Promise<void> {
  // SQLite adds one column a statement.
  await schema.alterTable('anomalies').addColumn('worst', 'double precision').execute();
  await schema.alterTable('anomalies').addColumn('muted_until', 'bigint').execute();
  await schema
    .alterTable('anomalies')
    .addColumn('course', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
}
