import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** A program of the machine that a test talks to: the real counterpart of what we wrote. */
export interface RealProgram {
  /** Null where it is not installed. */
  readonly path: string | null;
  /** Its tests are left out. */
  readonly skipped: boolean;
}

/** Where something is not installed, tests that need it are skipped and say so, except in CI, where they fail. */
export function isSkipped(what: string, isThere: boolean): boolean {
  if (isThere || process.env['CI'] === 'true') return false;
  process.stderr.write(`skipped: ${what} is not installed\n`);
  return true;
}

export function realProgram(name: string): RealProgram {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  const path = folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
  return { path, skipped: isSkipped(name, path !== null) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Child {
  readonly output: () => string;
  /** Settles with its exit code once it has ended. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts a program with arguments and an environment of nothing but PATH. @throws when it is not installed. */
export function start({ path }: RealProgram, args: readonly string[], input = ''): Child {
  if (path === null) throw new Error('a program that this test needs is not installed');
  const child: ChildProcess = spawn(path, args, { env: { PATH: process.env['PATH'] }, stdio: 'pipe' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
  }
  const ended = new Promise<number | null>((settle) => {
    child.once('error', (error) => {
      output += String(error);
      settle(null);
    });
    child.once('exit', (code) => settle(code));
  });
  child.stdin?.end(input);
  return {
    output: () => output,
    ended,
    async stop() {
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A port of loopback that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => settle(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
