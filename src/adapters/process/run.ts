import { type ChildProcess, spawn } from 'node:child_process';
import type { Command, Ended, RunLimits } from '../../ports/process.ts';
import { killGroup } from './group.ts';
import { killMarked } from './mark.ts';
import { createTail, type Tail } from './tail.ts';

/** Between SIGTERM and SIGKILL. */
const GRACE_MS = 1_000;
/** A grandchild may hold the pipes open for ever: that long is waited for the rest of the output. */
const DRAIN_MS = 200;

/**
 * Runs a command in its own process group and answers how it ended; never throws for what the command does. Whatever
 * the command leaves running in its group, or anywhere with its mark, is killed before this resolves. `not_found` covers every way in which it
 * could not be started (a missing program or folder, no permission); `stderr` says which.
 */
export async function run(
  command: Command,
  limits: RunLimits,
  signal: AbortSignal,
  input?: string,
): Promise<Ended> {
  const started = performance.now();
  const out = { stdout: createTail(limits.maxOutputBytes), stderr: createTail(limits.maxOutputBytes) };
  if (signal.aborted) return ended({ exit: 'cancelled', code: null }, out, started);
  const child = start(command, input !== undefined);
  collect(child, out, input);
  const stop = stopAtLimits(child, limits, signal);
  try {
    const end = await endOf(child);
    if ('failed' in end) out.stderr.push(Buffer.from(end.failed));
    await drained(child);
    await killMarked(command);
    return ended(stop.reason() ?? end, out, started);
  } finally {
    stop.release();
  }
}

type End = Pick<Ended, 'exit' | 'code'>;
type Output = Readonly<Record<'stdout' | 'stderr', Tail>>;

function ended(end: End, out: Output, started: number): Ended {
  const durationMs = Math.round(performance.now() - started);
  return { exit: end.exit, code: end.code, stdout: out.stdout.text(), stderr: out.stderr.text(), durationMs };
}

function start(command: Command, withInput: boolean): ChildProcess {
  const [file, ...args] = command.argv;
  return spawn(file, args, {
    cwd: command.cwd,
    env: command.env,
    detached: process.platform !== 'win32',
    windowsHide: true,
    stdio: [withInput ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess, out: Output, input: string | undefined): void {
  child.stdout?.on('data', (chunk: Buffer) => out.stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => out.stderr.push(chunk));
  // A child that does not read its input closes the pipe; how it ended says enough.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input ?? '');
}

function stopAtLimits(child: ChildProcess, limits: RunLimits, signal: AbortSignal) {
  let reason: End | null = null;
  let grace: NodeJS.Timeout | null = null;
  const stop = (exit: 'timeout' | 'cancelled') => {
    if (reason !== null) return;
    reason = { exit, code: null };
    killGroup(child.pid, 'SIGTERM');
    grace = setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE_MS);
  };
  const onAbort = () => stop('cancelled');
  const deadline = setTimeout(() => stop('timeout'), limits.timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    reason: (): End | null => reason,
    release() {
      clearTimeout(deadline);
      if (grace !== null) clearTimeout(grace);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

function endOf(child: ChildProcess): Promise<End | (End & { readonly failed: string })> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exit: 'not_found', code: null, failed: error.message }));
    child.once('exit', (code) => resolve({ exit: code === null ? 'signal' : 'code', code }));
  });
}

/** Waits shortly for the pipes, kills what is left of the group, and lets go of pipes that still stand open. */
async function drained(child: ChildProcess): Promise<void> {
  if (!(await closedWithin(child, DRAIN_MS))) {
    killGroup(child.pid, 'SIGKILL');
    await closedWithin(child, DRAIN_MS);
  }
  killGroup(child.pid, 'SIGKILL');
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function closedWithin(child: ChildProcess, ms: number): Promise<boolean> {
  const streams = [child.stdout, child.stderr];
  if (child.pid === undefined || streams.every((stream) => stream === null || stream.closed)) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    child.once('close', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
