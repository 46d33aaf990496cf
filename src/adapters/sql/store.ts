import type { Store } from '../../ports/store.ts';
import { anomalyStore } from './anomalies.ts';
import { documentStore } from './documents.ts';
import { jobStore } from './jobs.ts';
import { progressStore } from './progress.ts';
import { pullStore } from './pulls.ts';
import type { Db, Write } from './write.ts';

/** The Store port, written once for SQLite and PostgreSQL. `close` ends the connection. */
export function sqlStore(db: Db, write: Write, close: () => Promise<void>): Store {
  return {
    ...progressStore(db, write),
    ...anomalyStore(db, write),
    ...documentStore(db, write),
    ...pullStore(db, write),
    ...jobStore(db, write),
    close,
  };
}
