import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { VigilError } from '../../domain/errors.ts';
import { type Dialect, migrations } from './migrations.ts';
import type { Tables } from './schema.ts';

/** Brings the schema up to date. @throws VigilError `state_too_new` when a newer VigilAI wrote the database. */
export async function migrate(db: Kysely<Tables>, dialect: Dialect, where: string): Promise<void> {
  const provider = migrations(dialect);
  const migrator = new Migrator({ db, provider });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.includes('corrupted migrations')) {
    throw new VigilError('state_too_new', {
      what: `the database ${where} was written by a newer VigilAI`,
      cause: error,
    });
  }
  throw error;
}
