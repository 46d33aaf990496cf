import type { SqliteDatabase } from 'kysely';
import { sqliteError } from './errors.ts';

/** A database whose every statement throws in our words. */
export function guardedDatabase(database: SqliteDatabase, path: string): SqliteDatabase {
  return {
    close: () => guarded(path, () => database.close()),
    prepare(sql) {
      const statement = guarded(path, () => database.prepare(sql));
      return {
        reader: statement.reader,
        all: (parameters) => guarded(path, () => statement.all(parameters)),
        run: (parameters) => guarded(path, () => statement.run(parameters)),
        iterate: (parameters) => guarded(path, () => statement.iterate(parameters)),
      };
    },
  };
}

/** @throws VigilError for what SQLite or the file system refuses; anything else as it was thrown. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw sqliteError(error, path);
  }
}
