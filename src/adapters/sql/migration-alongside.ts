import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** What turned abnormal together with an anomaly, as JSON: null for nothing, as in all rows until now. */
export async function createAlongside({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('anomalies').addColumn('alongside', 'text').execute();
}
