import { redact } from '../../../domain/redact.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Batch, Source, SourceHealth } from '../../../ports/source.ts';
import { createWake, type Wake } from '../wake.ts';
import { connect } from './engine.ts';
import { engineAddress } from './engine-address.ts';
import type { DockerSourceOptions } from './options.ts';
import { type Shelf, shelf } from './shelf.ts';

export interface DockerPorts {
  readonly clock: Clock;
  /** DOCKER_HOST, DOCKER_TLS_VERIFY, DOCKER_CERT_PATH, XDG_RUNTIME_DIR and HOME are read of it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** How long to wait before an engine that is away is asked again; twice as long each time. */
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
/** Without an event the containers are listed so often. */
const LOOK_MS = 30_000;
/** How long to sleep after a few lines, so that the next ones are read together. */
const BREATH_MS = 5;
const MANY_RECORDS = 256;

/**
 * The logs of containers through the Docker Engine API, or Podman's likeness of it; one stream a container.
 * An engine that is away makes it `failing`; it goes on trying.
 */
export function dockerSource(options: DockerSourceOptions, { clock, env }: DockerPorts): Source {
  let health = (): SourceHealth => ({
    state: 'waiting',
    lagBytes: 0,
    streams: 0,
    dropped: 0,
    lastError: null,
  });
  return {
    name: options.name,
    read(from, signal) {
      const wake = createWake();
      const logs = shelf(options, { from, startedAt: clock.now(), ring: wake.ring });
      const run: Run = { options, clock, env, signal, wake, logs, state: 'waiting', away: null };
      health = () => healthOf(run);
      return readContainers(run);
    },
    health: () => health(),
  };
}

interface Run {
  readonly options: DockerSourceOptions;
  readonly clock: Clock;
  readonly env: DockerPorts['env'];
  readonly signal: AbortSignal;
  readonly wake: Wake;
  readonly logs: Shelf;
  state: SourceHealth['state'];
  /** Why the engine cannot be reached. */
  away: string | null;
}

function healthOf({ logs, state, away }: Run): SourceHealth {
  const error = away ?? logs.problem();
  const failing = state !== 'ended' && error !== null && (away !== null || logs.open() === 0);
  return {
    state: failing ? 'failing' : state,
    lagBytes: logs.waiting(),
    streams: logs.count(),
    dropped: logs.dropped(),
    lastError: error === null ? null : redact(error),
  };
}

async function* readContainers(run: Run): AsyncGenerator<Batch> {
  const { clock, signal, logs } = run;
  let pause = FIRST_PAUSE_MS;
  try {
    while (!signal.aborted) {
      const life = new AbortController();
      try {
        yield* connected(run, AbortSignal.any([signal, life.signal]), () => {
          pause = FIRST_PAUSE_MS;
        });
      } catch (error) {
        run.away = error instanceof Error ? error.message.trim() : String(error);
      } finally {
        life.abort();
        logs.closeAll();
      }
      await clock.sleep(pause, signal);
      pause = Math.min(pause * 2, MAX_PAUSE_MS);
    }
  } finally {
    run.state = 'ended';
    run.away = null;
  }
}

/** One connection, for as long as the engine stays. Events are subscribed to first, so that none is missed by the list. */
async function* connected(run: Run, signal: AbortSignal, onConnect: () => void): AsyncGenerator<Batch> {
  const { options, env, clock, logs, wake } = run;
  const engine = await connect(engineAddress(options.host, env), signal);
  const events = await logs.listen(engine);
  let looked = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const due = logs.heard(events) || Math.abs(clock.now() - looked) >= LOOK_MS;
    if (due) {
      looked = clock.now();
      for (const batch of await logs.look(engine, looked)) yield batch;
      onConnect();
      run.away = null;
    }
    logs.openAll(engine, due);
    const read = yield* round(run);
    const broken = events.end() ?? logs.brokeOff();
    if (broken !== null) throw new Error(broken.problem ?? 'the engine has ended the connection');
    if (read > 0 && read < MANY_RECORDS) await clock.sleep(BREATH_MS, signal);
    else if (read === 0) await wake.next(clock, LOOK_MS, signal);
  }
}

/** One batch of each container that has something. Answers how many records there were. */
async function* round(run: Run): AsyncGenerator<Batch, number> {
  const { clock, logs, signal } = run;
  let read = 0;
  for (const log of logs.all()) {
    const batch = log.take(clock.now());
    if (batch === null) continue;
    run.state = 'reading';
    read += batch.records.length;
    yield batch;
    if (batch.ended) logs.remove(batch.stream);
    if (signal.aborted) break;
  }
  run.state = logs.count() === 0 ? 'waiting' : 'idle';
  return read;
}
