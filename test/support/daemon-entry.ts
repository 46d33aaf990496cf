// A daemon process for tests: real store, file source, pipeline, socket and lock; nothing to diagnose or fix with.
//   node test/support/daemon-entry.ts '{"folder": ..., "socket": ..., "version": ..., "files": [...], "idleMs": ...}'
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { memoryBus } from '../../src/adapters/memory/bus.ts';
import { memoryQueue } from '../../src/adapters/memory/queue.ts';
import { fileSource } from '../../src/adapters/sources/file/file-source.ts';
import { createBacklog } from '../../src/adapters/sources/journal/backlog.ts';
import { apiInboxes, findJournals, removeJournal } from '../../src/adapters/sources/journal/find.ts';
import { journalSource } from '../../src/adapters/sources/journal/reader.ts';
import { receiver } from '../../src/adapters/sources/journal/receiver.ts';
import { signOf } from '../../src/adapters/sources/journal/sign.ts';
import { openSqliteStore } from '../../src/adapters/sqlite/store.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { openLog } from '../../src/daemon/log.ts';
import type { DaemonParts } from '../../src/daemon/parts.ts';
import { runDaemon } from '../../src/daemon/run-daemon.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { createPipeline } from '../../src/pipeline/pipeline.ts';
import { scriptedWork } from './daemon-world.ts';

export interface EntryOptions {
  readonly folder: string;
  readonly socket: string;
  readonly version: string;
  readonly files: readonly string[];
  readonly idleMs: number;
}

async function partsOf({ folder, socket, version, files, idleMs }: EntryOptions): Promise<DaemonParts> {
  const clock = systemClock();
  const journals = join(folder, 'journals');
  mkdirSync(journals, { recursive: true });
  const store = await openSqliteStore(join(folder, 'vigilai.db'));
  const backlog = createBacklog();
  const log = openLog({ path: join(folder, 'daemon.log'), level: 'info' });
  const source = fileSource({ name: 'app', paths: files, root: folder, endMarker: null }, clock);
  return {
    version,
    root: folder,
    paths: { socket, lock: join(folder, 'daemon.lock'), state: folder, journals },
    idleMs,
    retention: { days: 90, maxBytes: null, store: 'default' },
    backlog: () => backlog.waiting,
    sources: files.length === 0 ? [] : [{ type: 'file', source, intake: null }],
    http: [],
    openApiSource: (name) => ({
      type: 'api',
      ...receiver({ name, kind: 'api', journals, listen: null, backlog, durable: true }, clock),
    }),
    findApiSources: () => apiInboxes(journals),
    openJournalSource: (name, path) =>
      journalSource(
        { name, folder: path, form: 'text', limit: () => Number.POSITIVE_INFINITY },
        clock,
        signOf(path, clock),
      ),
    findJournals: () => findJournals(journals),
    removeJournal,
    createPipeline: (name) => createPipeline({ ...USUAL, source: name, dimensions: ['path'] }),
    work: scriptedWork({ store, clock, log, queue: memoryQueue(), bus: memoryBus(), automation: 'observe' }),
  };
}

process.exitCode = await runDaemon(await partsOf(JSON.parse(process.argv[2] ?? '{}')));
