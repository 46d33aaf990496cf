import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What a database of the program holds, looked at from outside, also while it is written. */
export interface Stored {
  /** Text of every stored event of a source, each as often as it is there; none before there are tables. */
  events(source: string): readonly string[];
  /** How many there are. */
  count(source: string): number;
  /** What the source's totals say: events judged, and records lost. */
  totals(source: string): { readonly events: number; readonly dropped: number };
}

export function storedIn(path: string): Stored {
  const ask = (sql: string, source: string) => query(path, sql, source);
  return {
    events: (source) => ask('select json from events where source = ?', source).map(String),
    count: (source) => Number(ask('select count(*) from events where source = ?', source)[0] ?? 0),
    totals: (source) => ({
      events: Number(ask('select events from source_totals where source = ?', source)[0] ?? 0),
      dropped: Number(ask('select dropped from source_totals where source = ?', source)[0] ?? 0),
    }),
  };
}

/** The first column; nothing when the program was killed before it had made its database, or the tables in it. */
function query(path: string, sql: string, source: string): readonly unknown[] {
  if (!existsSync(path)) return [];
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return database.prepare(sql).pluck().all(source);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('no such table')) return [];
    throw error;
  } finally {
    database.close();
  }
}
