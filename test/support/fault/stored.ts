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

/** The first column. */
function query(path: string, sql: string, source: string): readonly unknown[] {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true });
    return database.prepare(sql).pluck().all(source);
  } catch (error) {
    if (isNotMadeYet(error)) return [];
    throw error;
  } finally {
    database?.close();
  }
}

/** The program was killed before it had made its database, or the tables in it. */
function isNotMadeYet(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 'SQLITE_CANTOPEN' || error.message.startsWith('no such table');
}
