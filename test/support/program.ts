import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** A real program that a test speaks with. */
export interface Program {
  readonly url: string;
  stop(): Promise<void>;
}

/** Whether tests with this program can run. Where all must run (CI) a missing one fails them instead. */
export function hasProgram(name: string): boolean {
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => isExecutable(join(folder, name)));
  if (!found && process.env['CI'] === 'true') return true;
  if (!found) process.stderr.write(`skipped: ${name} is not installed\n`);
  return found;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts it on a free port of loopback and waits until `ready` (a path) answers 200. */
export async function startProgram(
  name: string,
  argv: (address: string) => readonly string[] | Promise<readonly string[]>,
  ready: string,
): Promise<Program> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(name, [...(await argv(address))], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let failure: Error | null = null;
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  child.on('error', (error) => {
    failure = error;
  });
  const url = `http://${address}`;
  while (!(await answers(`${url}${ready}`))) {
    if (failure !== null || child.exitCode !== null) throw failure ?? new Error(`${name} ended: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ status }) => status === 200,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
