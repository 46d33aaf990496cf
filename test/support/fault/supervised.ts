import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSource } from '../../../src/adapters/sources/file/file-source.ts';
import { createBacklog } from '../../../src/adapters/sources/journal/backlog.ts';
import { receiver } from '../../../src/adapters/sources/journal/receiver.ts';
import { openSqliteStore } from '../../../src/adapters/sqlite/store.ts';
import { type Supervisor, supervise } from '../../../src/daemon/intake/supervisor.ts';
import type { WatchedSource } from '../../../src/daemon/parts.ts';
import type { Batch, Source } from '../../../src/ports/source.ts';
import { until } from '../daemon-process.ts';
import { pipelineOf } from '../log-lines.ts';
import { receiverDeps } from '../receiver-deps.ts';
import type { JumpingClock } from './jumping-clock.ts';
import type { Ledger } from './ledger.ts';
import { lineOf, markOf } from './numbered.ts';
import { type Stored, storedIn } from './stored.ts';

/** A file and a receiver under real supervisors with a real store, in a time that the test makes. */
export interface Supervised {
  readonly stored: Stored;
  post(sent: Ledger, count: number): Promise<void>;
  /** Writes the first lines of a stack trace, which are held for more. Settles when they have been read. */
  hold(sent: Ledger): Promise<void>;
  stop(): Promise<void>;
}

export async function supervised(root: string, log: string, clock: JumpingClock): Promise<Supervised> {
  const path = join(root, 'vigilai.db');
  const store = await openSqliteStore(path);
  const backlog = createBacklog();
  const options = { name: 'web', kind: 'api', journals: join(root, 'journals'), listen: null } as const;
  const web = receiver({ ...options, backlog, durable: true }, clock);
  let lines = 0;
  const file = fileSource({ name: 'app', paths: [log], root, endMarker: null }, clock);
  const app = toldOf(file, ({ records }) => (lines += records.length));
  const createPipeline = (name: string) => pipelineOf({ source: name, keep: 'all' });
  const over = new AbortController();
  const watch = (source: WatchedSource): Supervisor =>
    supervise(source, null, { store, clock, log: receiverDeps(clock).log, createPipeline, onCommit() {} });
  const running = [watch({ type: 'file', source: app, intake: null }), watch({ type: 'api', ...web })].map(
    (one) => one.run(over.signal),
  );
  return {
    stored: storedIn(path),
    async post(sent, count) {
      const numbers = sent.draw(count);
      const answer = await web.intake.accept(numbers.map((n) => lineOf(n, clock.now()).trimEnd()));
      sent.note(numbers, answer === 'kept' ? 'kept' : 'refused');
    },
    async hold(sent) {
      const before = lines;
      const numbers = sent.draw(1);
      const trace = `RangeError: ${numbers.map(markOf).join()} is too much\n    at spend (/app/src/spend.js:3:1)\n`;
      appendFileSync(log, trace);
      sent.note(numbers, 'kept');
      await until('the trace is read', async () => {
        await clock.advance(10);
        return lines === before + 2;
      });
    },
    async stop() {
      over.abort();
      await Promise.all(running);
      await store.close();
    },
  };
}

/** Tells of every batch before it is handed on. */
function toldOf(source: Source, tell: (batch: Batch) => void): Source {
  return {
    ...source,
    async *read(from, signal) {
      for await (const batch of source.read(from, signal)) {
        tell(batch);
        yield batch;
      }
    },
  };
}
