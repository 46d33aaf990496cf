import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { VigilError } from '../../domain/errors.ts';
import { type Dialect, migrations } from './migrations.ts';
import type { Db, Write } from './write.ts';

/**
 * Brings the schema up to date in one write transaction: two processes that open at once take turns, and a kill in the
 * middle leaves the old schema. @throws VigilError `state_too_new` when a newer VigilAI wrote the database.
 */
export async function migrate(db: Db, write: Write, dialect: Dialect, where: string): Promise<void> {
  const known = migrations(dialect);
  const done = await doneMigrations(db, dialect);
  const newer = done.filter((name) => known[name] === undefined);
  if (newer.length > 0) {
    throw new VigilError('state_too_new', {
      what: `the database ${where} was written by a newer VigilAI`,
      why: `it knows ${newer.join(', ')}`,
    });
  }
  if (done.length === Object.keys(known).length) return;
  await write(async (tx) => {
    const provider = { getMigrations: () => Promise.resolve({ ...known }) };
    // Kysely's own transaction would be a deferred one in SQLite, and none at all around the DDL.
    const apart =
      dialect === 'sqlite' ? { disableTransactions: true } : { migrationTableSchema: await schemaOf(tx) };
    const migrator = new Migrator({ db: tx, provider, ...apart });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}

/** Without it Kysely takes the tables of another schema of the same database for its own. */
async function schemaOf(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? 'public';
}

/** Names of the migrations that the database has seen; none for a new database. */
async function doneMigrations(db: Db, dialect: Dialect): Promise<readonly string[]> {
  const there =
    dialect === 'sqlite'
      ? sql`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`
      : sql`select 1 from pg_tables where schemaname = current_schema() and tablename = 'kysely_migration'`;
  if ((await there.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
