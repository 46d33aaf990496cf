import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { Clock } from '../../ports/clock.ts';
import type { Command } from '../../ports/process.ts';
import { killGroup } from '../process/group.ts';
import { killMarked } from '../process/mark.ts';

/** How a child left. `not_found`: it never started. */
export type ChildEnd =
  | { readonly end: 'exit'; readonly code: number | null; readonly signal: string | null }
  | { readonly end: 'not_found'; readonly reason: string };

/** A child in a process group of its own, with its three pipes. */
export interface Child {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles on `exit`, not on `close`: a grandchild may hold the pipes for ever. Never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Last 8 KiB of what it said on stderr. */
  stderrTail(): string;
  /** Bytes that it printed so far. */
  printed(): number;
  /**
   * Waits `graceMs` for it to leave by itself, then SIGTERM, then after `termMs` SIGKILL. The whole group is killed in
   * every case, because grandchildren outlive a leader that left politely, and so is what went to a group of its own.
   */
  stop(graceMs: number, termMs: number): Promise<ChildEnd>;
}

const STDERR_KEPT = 8192;

export function startChild(command: Command, clock: Clock): Child {
  const [file, ...args] = command.argv;
  const child = spawn(file, args, {
    cwd: command.cwd,
    env: { ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const ended = endOf(child);
  const stderrTail = tailOf(child.stderr);
  const printed = countOf([child.stdout, child.stderr]);
  const stdout = child.stdout.pipe(new PassThrough());
  // A pipe breaks when the other side dies; `ended` tells of it.
  child.stdin.on('error', () => undefined);
  child.stdout.on('error', () => undefined);

  return {
    stdin: child.stdin,
    stdout,
    ended,
    stderrTail,
    printed,
    async stop(graceMs, termMs) {
      child.stdin.end();
      const left = new AbortController();
      const gone = ended.then(() => left.abort());
      await Promise.race([gone, clock.sleep(graceMs, left.signal)]);
      if (!left.signal.aborted) killGroup(child.pid, 'SIGTERM');
      await Promise.race([gone, clock.sleep(termMs, left.signal)]);
      killGroup(child.pid, 'SIGKILL');
      await gone;
      await groupGone(child.pid, clock);
      await killMarked(command);
      child.stdout.destroy();
      stdout.destroy();
      child.stderr.destroy();
      return ended;
    },
  };
}

function endOf(child: ChildProcessByStdio<Writable, Readable, Readable>): Promise<ChildEnd> {
  return new Promise((settle) => {
    child.once('error', (error) => settle({ end: 'not_found', reason: error.message }));
    child.once('exit', (code, signal) => settle({ end: 'exit', code, signal }));
  });
}

/** A kill is only a request: waits until nobody answers, at most 300 ms (an orphan that nobody reaps stays a zombie). */
async function groupGone(pid: number | undefined, clock: Clock): Promise<void> {
  for (let look = 0; look < 30 && groupLives(pid); look += 1) await clock.sleep(10);
}

function groupLives(pid: number | undefined): boolean {
  if (pid === undefined || process.platform === 'win32') return false;
  try {
    return process.kill(-pid, 0);
  } catch {
    return false; // ESRCH
  }
}

function tailOf(stream: Readable): () => string {
  let tail = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    tail = (tail + text).slice(-STDERR_KEPT);
  });
  return () => tail;
}

function countOf(streams: readonly Readable[]): () => number {
  let bytes = 0;
  for (const stream of streams) {
    stream.on('data', (chunk: Buffer | string) => {
      bytes += chunk.length;
    });
  }
  return () => bytes;
}
