import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { VigilError } from '../domain/errors.ts';
import { type Client, createClient } from './client.ts';
import { type Answer, probe } from './connect.ts';

/** Time as a parameter; the `Clock` of ports fits. */
export interface Waiting {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface EnsureDaemon {
  readonly socket: string;
  readonly root: string;
  /** Ours; a daemon of another version is asked to stop and is replaced. */
  readonly version: string;
  /** How a daemon is started, such as `[process.execPath, 'bin/vigilai.js', 'daemon', 'run', '--root', root]`. */
  readonly spawn: readonly [file: string, ...args: string[]];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** File that takes what the daemon prints before its own log is open; its tail is shown when the start fails. */
  readonly log: string;
  readonly clock: Waiting;
}

const DEADLINE_MS = 10_000;
const POLL_MS = 40;
const TAIL_LINES = 12;

/**
 * A client of a ready daemon of our version: the one that runs, or a new one. Safe to call from two processes at
 * once: both may spawn, the daemon's own lock lets one live, both get a client of that one.
 * @throws VigilError `daemon_unreachable`, with the tail of the log, when none is ready within 10 s.
 */
export async function ensureDaemon(want: EnsureDaemon): Promise<Client> {
  await ready(want, (answer) => answer.version === want.version);
  return createClient(want.socket, { revive: () => ready(want, () => true) });
}

type Known = Extract<Answer, { version: string }>;

/** What was done so far to get one. */
interface Course {
  spawned: Spawned | null;
  stopping: boolean;
}

async function ready(want: EnsureDaemon, fits: (answer: Known) => boolean): Promise<void> {
  const deadline = want.clock.now() + DEADLINE_MS;
  const course: Course = { spawned: null, stopping: false };
  for (;;) {
    const answer = await probe(want.socket);
    if (answer.state === 'ready' && fits(answer)) return;
    await help(want, answer, course);
    const gaveUp = answer.state === 'nobody' && course.spawned?.failed() === true;
    if (gaveUp || want.clock.now() >= deadline) throw failed(want, course, gaveUp);
    await want.clock.sleep(POLL_MS);
  }
}

/** Each step once: a daemon that does not fit is asked to leave, and where nobody is, one is started. */
async function help(want: EnsureDaemon, answer: Answer, course: Course): Promise<void> {
  if (answer.state === 'nobody') course.spawned ??= start(want);
  if (answer.state !== 'ready' || course.stopping) return;
  course.stopping = true;
  await stop(want.socket);
}

async function stop(socket: string): Promise<void> {
  // It may be gone before it has answered; the next probe tells.
  await createClient(socket)
    .stop()
    .catch(() => undefined);
}

interface Spawned {
  /** It ended with an error. Ending well means that another daemon was first. */
  failed(): boolean;
}

/** Detached, so that it outlives this terminal; what it prints goes to the log, never to our screen. */
function start(want: EnsureDaemon): Spawned {
  mkdirSync(dirname(want.log), { recursive: true, mode: 0o700 });
  const log = openSync(want.log, 'a', 0o600);
  const [file, ...args] = want.spawn;
  try {
    const child = spawn(file, args, {
      cwd: want.root,
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...want.env },
      windowsHide: true,
    });
    let failed = false;
    child.on('error', () => (failed = true));
    child.on('exit', (code) => (failed = code !== 0));
    child.unref();
    return { failed: () => failed };
  } finally {
    closeSync(log);
  }
}

function failed(want: EnsureDaemon, { spawned, stopping }: Course, gaveUp: boolean): VigilError {
  const seconds = DEADLINE_MS / 1000;
  const ended = gaveUp ? 'it ended at once' : `it was not ready within ${seconds} s`;
  const why =
    stopping && spawned === null
      ? `a daemon of another version did not stop within ${seconds} s`
      : `${ended}\n${tail(want.log)}`;
  return new VigilError('daemon_unreachable', { what: 'the daemon could not be started', why });
}

function tail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  } catch {
    // No log: it did not come far enough to write one.
    return `(no log at ${path})`;
  }
}
