import { homedir, tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Program, Signal } from '../src/commands/context.ts';
import { run } from '../src/commands/main.ts';

/** Gathers what belongs to this process, runs the command, and ends with its code. */
export async function main(version: string): Promise<void> {
  const hungUp = new AbortController();
  for (const stream of [process.stdout, process.stderr]) stream.on('error', quietly(hungUp));
  process.exitCode = await run(process.argv.slice(2), programOf(version, hungUp.signal));
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  // An open stdin or a kept-alive socket must not hold a command that is done.
  process.exit();
}

function programOf(version: string, hungUp: AbortSignal): Program {
  return {
    version,
    self: [
      process.execPath,
      ...process.execArgv,
      fileURLToPath(import.meta.url).replace(/main(\.\w+)$/, 'vigilai$1'),
    ],
    io: { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr },
    cwd: process.cwd(),
    around: {
      env: process.env,
      platform: process.platform,
      home: homedir(),
      tmp: tmpdir(),
      uid: process.getuid?.() ?? null,
    },
    clock: {
      now: () => Date.now(),
      sleep: (ms, signal) => pause(ms, signal),
    },
    hungUp,
    onSignal: listen,
    compose: async () => (await import('../src/compose/local.ts')).composeLocal,
  };
}

/** The reader of our output is gone (`| head`): no reason for noise. */
function quietly(hungUp: AbortController): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code !== 'EPIPE') throw error;
    hungUp.abort();
  };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
  });
}

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function listen(hear: (name: Signal) => void): () => void {
  for (const name of SIGNALS) process.on(name, hear);
  return () => {
    for (const name of SIGNALS) process.off(name, hear);
  };
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) return resolve();
    stream.write('', () => resolve());
  });
}
