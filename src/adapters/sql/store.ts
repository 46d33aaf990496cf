import type { Store } from '../../ports/store.ts';
import { anomalyStore } from './anomalies.ts';
import { deadLetterStore } from './dead-letters.ts';
import { documentStore } from './documents.ts';
import { eventStore } from './events.ts';
import { historyStore } from './history.ts';
import { jobStore } from './jobs.ts';
import type { Dialect } from './migrations.ts';
import { progressStore } from './progress.ts';
import { pullStore } from './pulls.ts';
import { retentionStore } from './retention.ts';
import { rollupStore } from './rollups.ts';
import type { Db, Write } from './write.ts';

/** The Store port, written once for SQLite and PostgreSQL. `close` ends the connection. */
export function sqlStore(db: Db, write: Write, dialect: Dialect, close: () => Promise<void>): Store {
  return {
    ...progressStore(db, write),
    ...anomalyStore(db, write),
    ...documentStore(db, write),
    ...pullStore(db, write),
    ...jobStore(db, write),
    ...deadLetterStore(db, write),
    ...rollupStore(db),
    ...eventStore(db),
    ...historyStore(db),
    ...retentionStore(db, write, dialect),
    close,
  };
}
