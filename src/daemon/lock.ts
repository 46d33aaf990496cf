import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { VigilError } from '../domain/errors.ts';
import { freshId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';

const holderSchema = z.object({ pid: z.number().int(), token: z.string(), version: z.string() });
type Holder = z.infer<typeof holderSchema>;

export interface LockOptions {
  readonly path: string;
  readonly version: string;
  readonly clock: Clock;
  /** Does somebody accept connections at the workspace's socket? */
  listens(): Promise<boolean>;
}

export interface Lock {
  /** Still ours: nobody took it for stale. */
  held(): boolean;
  release(): void;
}

const PATIENCE_MS = 5_000;
const POLL_MS = 50;

/**
 * The right to be the daemon of a workspace, or null when another one has it. A file created whole and exclusively
 * says who holds it. It is stale when its process is gone, or when for 5 s nobody listens at the socket (the process id
 * was given to another program); a holder that is just leaving or starting gets that time.
 * @throws VigilError `state_read_only`, `disk_full`.
 */
export async function acquireLock(options: LockOptions): Promise<Lock | null> {
  const { path, clock } = options;
  const mine: Holder = { pid: process.pid, token: freshId(), version: options.version };
  const deadline = clock.now() + PATIENCE_MS;
  for (;;) {
    if (create(path, mine)) return lockOf(path, mine);
    const holder = read(path);
    if (holder !== null && isAlive(holder.pid)) {
      if (await options.listens()) return null;
      if (clock.now() < deadline) {
        await clock.sleep(POLL_MS);
        continue;
      }
    }
    removeStale(path, holder, mine);
  }
}

function lockOf(path: string, mine: Holder): Lock {
  const held = () => read(path)?.token === mine.token;
  return {
    held,
    release() {
      if (held()) rmSync(path, { force: true });
    },
  };
}

/** Written aside and linked into place, so that nobody ever reads half a lock. */
function create(path: string, mine: Holder): boolean {
  const aside = `${path}.${mine.token}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(aside, JSON.stringify(mine), { mode: 0o600 });
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw stateError(path, error);
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Null when there is none, or what is there is not a lock. */
function read(path: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

/** Two may find the same stale lock: only what was judged is removed, a lock that came meanwhile is put back. */
function removeStale(path: string, judged: Holder | null, mine: Holder): void {
  const aside = `${path}.stale-${mine.token}`;
  try {
    renameSync(path, aside);
    const taken = read(aside);
    if (taken !== null && taken.token !== judged?.token) linkSync(aside, path);
  } catch {
    // Another one was faster; the next round sees how it stands.
  } finally {
    rmSync(aside, { force: true });
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function stateError(path: string, cause: unknown): unknown {
  const code = codeOf(cause);
  if (code === 'ENOSPC') return new VigilError('disk_full', { what: `cannot write ${path}`, cause });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new VigilError('state_read_only', { what: `cannot write ${path}`, why: code, cause });
  }
  return cause;
}
