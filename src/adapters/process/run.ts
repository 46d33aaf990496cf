import { type ChildProcess, spawn } from 'node:child_process';
import type { Command, Ended, RunLimits } from '../../ports/process.ts';
import { killGroup } from './group.ts';
import { tailBuffer } from './tail-buffer.ts';

/** How long a group may take to leave after SIGTERM, before SIGKILL. */
const GRACE_MS = 1_500;

/**
 * Runs a command in its own process group and settles in every case: it ended, its deadline passed, `signal` aborted,
 * or it does not exist. The whole group is gone afterwards.
 *
 * Waits for `exit`, not `close`: a grandchild may hold the pipes for ever.
 */
export async function run(
  command: Command,
  limits: RunLimits,
  signal: AbortSignal,
  input = '',
): Promise<Ended> {
  const started = performance.now();
  const [file, ...args] = command.argv;
  const child = spawn(file, args, {
    cwd: command.cwd,
    env: { ...command.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const stdout = tailBuffer(limits.maxOutputBytes);
  const stderr = tailBuffer(limits.maxOutputBytes);
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => undefined); // EPIPE when it died first: its exit tells
  child.stdin.end(input);
  const { exit, code } = await ended(child, limits.timeoutMs, signal);
  child.stdout.destroy();
  child.stderr.destroy();
  return {
    exit,
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
    durationMs: performance.now() - started,
  };
}

function ended(
  child: ChildProcess,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Pick<Ended, 'exit' | 'code'>> {
  return new Promise((resolve) => {
    let why: 'timeout' | 'cancelled' | null = null;
    let force: NodeJS.Timeout | undefined;
    const stop = (reason: 'timeout' | 'cancelled') => {
      why ??= reason;
      killGroup(child.pid, 'SIGTERM');
      force ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE_MS);
    };
    const onAbort = () => stop('cancelled');
    const deadline = setTimeout(() => stop('timeout'), timeoutMs);
    const settle = (result: Pick<Ended, 'exit' | 'code'>) => {
      clearTimeout(deadline);
      clearTimeout(force);
      signal.removeEventListener('abort', onAbort);
      killGroup(child.pid, 'SIGKILL'); // what it left behind
      resolve(result);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    child.once('error', () => settle({ exit: 'not_found', code: null }));
    child.once('exit', (code) =>
      // One turn of the event loop lets the last output arrive.
      setImmediate(() => settle({ exit: why ?? (code === null ? 'signal' : 'code'), code })),
    );
  });
}
