import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DemoApp } from '../../ports/house.ts';
import { baseEnv } from '../process/base-env.ts';
import { killGroup } from '../process/group.ts';
import { makeHistory } from './history.ts';

export interface DemoDeps {
  /** Templates of the package; the sample is `demo` in it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const START_MS = 10_000;
const REQUEST_MS = 10_000;
const STOP_MS = 2_000;

/**
 * Copies the sample service to a new temporary folder, commits its history and starts it on a free loopback port.
 * @throws VigilError `tool_missing` without git.
 */
export async function startDemo({ folder: templates, env }: DemoDeps): Promise<DemoApp> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'vigilai-demo-')));
  const root = join(folder, 'orderdesk');
  try {
    await makeHistory({ template: join(templates, 'demo'), root, env });
    const service = await startService(root, env);
    const stop = () => stopService(service.child);
    return {
      folder,
      root,
      logFile: join(root, 'logs', 'app.log'),
      request: (path) => ask(service.port, path),
      stop,
      async remove() {
        await stop();
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Service {
  readonly child: ChildProcess;
  readonly port: number;
}

async function startService(root: string, env: DemoDeps['env']): Promise<Service> {
  const child = spawn(process.execPath, ['src/server.js'], {
    cwd: root,
    env: { ...baseEnv(env), PORT: '0', LOG_FILE: join(root, 'logs', 'app.log') },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  // Should we be killed before `stop`, the sample must not outlive us.
  process.once('exit', () => killGroup(child.pid, 'SIGKILL'));
  return { child, port: await portOf(child) };
}

/** The sample prints `listening on <port>` when it is there. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      clearTimeout(late);
      killGroup(child.pid, 'SIGKILL');
      reject(new Error(`the sample service did not start: ${why}`));
    };
    const late = setTimeout(() => fail(`nothing within ${START_MS / 1000} s`), START_MS);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with ${code}: ${said}`));
    child.stderr?.on('data', (part: Buffer) => {
      said += part.toString();
    });
    child.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const port = /listening on (\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      resolve(Number(port));
    });
  });
}

function ask(port: number, path: string): Promise<number> {
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, path, agent: false, timeout: REQUEST_MS }, (answer) => {
      answer.resume();
      answer.once('close', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => resolve(0));
    sent.end();
  });
}

async function stopService(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  killGroup(child.pid, 'SIGTERM');
  const late = setTimeout(() => killGroup(child.pid, 'SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(late);
}
