import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './real-program.ts';

/** A real program that a test speaks with. */
export interface Program {
  readonly url: string;
  stop(): Promise<void>;
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
