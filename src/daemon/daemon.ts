import type { Job } from '../domain/job.ts';
import type { Recorded } from '../domain/sighting.ts';
import { handlers } from '../workflow/handlers.ts';
import { keepSweeping } from '../workflow/sweep.ts';
import { createWorker, type Worker } from '../workflow/worker.ts';
import { createAnnouncer } from './announce.ts';
import { type App, createApp } from './api/app.ts';
import type { Desk } from './api/desk.ts';
import { createIngestApp } from './api/ingest-app.ts';
import { listen, listens } from './api/listen.ts';
import { createStream } from './api/stream.ts';
import { idleWatch } from './idle.ts';
import { httpSource } from './intake/http-source.ts';
import { createSources, type Sources } from './intake/sources.ts';
import { createLiveView, type LiveView } from './live-view.ts';
import { acquireLock, type Lock } from './lock.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { DaemonParts } from './parts.ts';
import { createRetention, type Retention } from './retention.ts';

export interface RunningDaemon {
  /** Why it ended, once it has: everything is flushed and committed, the socket and the lock are gone. */
  readonly ended: Promise<'stopped' | 'idle'>;
  /** Asks it to end; settles with `ended`. */
  stop(): Promise<void>;
}

/**
 * The daemon of a workspace: listens, reads the sources, does the jobs. Null when another one serves this workspace
 * already (two starts at once end with one).
 * @throws VigilError of the store, the lock or the socket.
 */
export async function startDaemon(parts: DaemonParts): Promise<RunningDaemon | null> {
  const { clock, log } = parts.work;
  const { socket, lock: path } = parts.paths;
  const lock = await acquireLock({ path, version: parts.version, clock, listens: () => listens(socket) });
  if (lock === null) {
    await parts.work.store.close();
    return null;
  }
  try {
    const house = await furnish(parts);
    await listen(house.app, socket);
    log.info({ version: parts.version, pid: process.pid, root: parts.root }, 'daemon started');
    return run(house, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface House {
  readonly parts: DaemonParts;
  readonly app: App;
  readonly sources: Sources;
  readonly retention: Retention;
  readonly worker: Worker;
  readonly live: LiveView;
  readonly stop: AbortController;
  readonly idle: ReturnType<typeof idleWatch>;
  began(): void;
  closeStream(): void;
}

async function furnish(given: DaemonParts): Promise<House> {
  const live = await createLiveView(given.work.bus, given.work.store);
  const parts: DaemonParts = { ...given, work: { ...given.work, bus: live.bus } };
  const metrics = createMetrics(() => parts.backlog());
  const stop = new AbortController();
  const sources = countedSources(parts, metrics, live);
  const worker = createWorker(parts.work, { handlers, onEnd: (job, ms) => countJob(metrics, job, ms) });
  const retention = createRetention(parts.retention, parts.work);
  let ready = false;
  let clients = 0;
  const desk: Desk = {
    version: parts.version,
    root: parts.root,
    statePath: parts.paths.state,
    startedAt: parts.work.clock.now(),
    work: parts.work,
    worker,
    sources,
    retention,
    backlog: () => parts.backlog(),
    live,
    metrics,
    ready: () => ready,
    clients: () => clients,
    requestStop: () => stop.abort('stopped'),
  };
  openPorts(parts, desk);
  const stream = createStream(desk);
  const app = createApp(desk, stream);
  app.server.on('connection', (connection) => {
    clients += 1;
    connection.once('close', () => (clients -= 1));
  });
  const idle = idleWatch(parts, { sources, live, listeners: () => stream.listeners() });
  app.addHook('onRequest', async () => idle.touch());
  const began = (): void => void (ready = true);
  const closeStream = (): void => stream.close();
  return { parts, app, retention, sources, worker, live, stop, idle, began, closeStream };
}

function countedSources(parts: DaemonParts, metrics: Metrics, live: LiveView): Sources {
  return createSources({
    parts,
    announcer: countingAnnouncer(parts, metrics),
    onCommit(progress) {
      metrics.events(progress.source, progress.events);
      metrics.lost(progress.source, { dropped: progress.dropped, dead: progress.dead.length });
      // Told late rather than never: a store that is busy now is asked again with the next one.
      if (progress.dead.length > 0) live.countDead().catch(() => undefined);
    },
  });
}

/** Ports on which events are taken in are sources like others: one that is taken stops nothing else. */
function openPorts({ http, work }: DaemonParts, desk: Desk): void {
  for (const one of http) {
    const source = httpSource(one, () => createIngestApp(desk), work.clock);
    desk.sources.add({ type: 'http', source, intake: null });
  }
}

function countingAnnouncer(parts: DaemonParts, metrics: Metrics) {
  const announcer = createAnnouncer(parts.work);
  return {
    flush: () => announcer.flush(),
    announce(recorded: readonly Recorded[]) {
      for (const one of recorded) if (one.change === 'opened') metrics.anomaly(one.anomaly.severity);
      announcer.announce(recorded);
    },
  };
}

function countJob(metrics: Metrics, job: Job, ms: number): void {
  if (job.kind === 'diagnose') metrics.diagnosis(ms / 1000);
  if (job.kind === 'fix') metrics.fix(ms / 1000);
}

function run(house: House, lock: Lock): RunningDaemon {
  const { parts, stop, sources, worker, idle } = house;
  const { work } = parts;
  const { signal } = stop;
  const loops = [
    sources.run(signal),
    worker.run(signal),
    keepSweeping(work, worker, signal),
    house.retention.run(signal),
    idle.run(signal).then((reason) => stop.abort(reason)),
    keepLock(lock, parts, stop),
  ];
  house.began();
  const guarded = loops.map((loop) =>
    loop.catch((error: unknown) => {
      // One of the loops broke: a bug. The others end in order, so that nothing that was read is lost.
      work.log.error({ err: error }, 'the daemon stops after a failure');
      stop.abort('stopped');
    }),
  );
  const ended = Promise.all(guarded).then(() => leave(house, lock));
  return {
    ended,
    async stop() {
      stop.abort('stopped');
      await ended;
    },
  };
}

/** Somebody who took our lock for stale is the daemon now: two must not write the same progress. */
async function keepLock(lock: Lock, { work }: DaemonParts, stop: AbortController): Promise<void> {
  while (!stop.signal.aborted) {
    await work.clock.sleep(2_000, stop.signal);
    if (stop.signal.aborted || lock.held()) continue;
    work.log.error({}, 'another daemon took the lock');
    stop.abort('stopped');
  }
}

async function leave(house: House, lock: Lock): Promise<'stopped' | 'idle'> {
  const { parts, app, stop } = house;
  house.closeStream();
  await app.close();
  await parts.work.store.close();
  parts.work.log.info({ reason: String(stop.signal.reason) }, 'daemon ended');
  lock.release();
  return stop.signal.reason === 'idle' ? 'idle' : 'stopped';
}
