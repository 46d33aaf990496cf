import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { EnsureDaemon } from '../../src/client/ensure-daemon.ts';
import type { EntryOptions } from './daemon-entry.ts';

const ENTRY = new URL('./daemon-entry.ts', import.meta.url).pathname;
const clock = systemClock();

/** A folder for a daemon of its own, and the words to start it with. */
export interface DaemonFolder {
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
  entry(options?: Partial<EntryOptions>): EntryOptions;
  argv(options?: Partial<EntryOptions>): readonly [string, ...string[]];
  ensure(options?: Partial<EntryOptions>): EnsureDaemon;
  /** Runs one that is ours to kill. */
  run(options?: Partial<EntryOptions>): ChildProcess;
  /** Process ids of the daemons that said in the log that they started. */
  started(): readonly number[];
  /** Kills what still runs and removes the folder. */
  remove(): void;
}

export function daemonFolder(): DaemonFolder {
  const folder = mkdtempSync(join(tmpdir(), 'vigilai-d-'));
  const socket = join(folder, 'run', 'd.sock');
  const log = join(folder, 'daemon.log');
  const entry = (options: Partial<EntryOptions> = {}): EntryOptions => ({
    folder,
    socket,
    version: '1.0.0',
    files: [],
    idleMs: 600_000,
    ...options,
  });
  const argv = (options?: Partial<EntryOptions>) =>
    [process.execPath, ENTRY, JSON.stringify(entry(options))] as const;
  const started = () =>
    readText(log)
      .split('\n')
      .flatMap((line) => (line.includes('daemon started') ? [Number(JSON.parse(line).pid)] : []));
  return {
    folder,
    socket,
    log,
    entry,
    argv,
    ensure: (options) => ({
      socket,
      root: folder,
      version: options?.version ?? '1.0.0',
      spawn: argv(options),
      env: process.env,
      log,
      clock,
    }),
    run(options) {
      const [file, ...args] = argv(options);
      return spawn(file, args, { stdio: 'ignore' });
    },
    started,
    remove() {
      // Also those that lost the race for the lock and have not left yet: they would take it now.
      for (const pid of [...started(), ...runningFor(folder)]) kill(pid);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for is not alive.
    return !/^State:\s+Z/m.test(readText(`/proc/${pid}/status`));
  } catch {
    return false;
  }
}

/** Polls until `holds` answers true; says what it waited for when it does not within `ms`. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 20_000,
): Promise<void> {
  const deadline = clock.now() + ms;
  while (!(await holds())) {
    if (clock.now() > deadline) throw new Error(`waited ${ms / 1000} s in vain until ${what}`);
    await clock.sleep(25);
  }
}

/** Processes whose command line names this folder, which is ours alone (Linux). */
function runningFor(folder: string): readonly number[] {
  const pids = existsSync('/proc') ? readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)) : [];
  return pids
    .map(Number)
    .filter((pid) => pid !== process.pid && readText(`/proc/${pid}/cmdline`).includes(folder));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has left.
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
