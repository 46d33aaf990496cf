import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Paths, pathsOf } from '../../../src/config/paths.ts';
import { until } from '../daemon-process.ts';
import { type Stored, storedIn } from './stored.ts';

const DOOR = join(import.meta.dirname, '../../../bin/vigilai.ts');

/** The real daemon of a workspace of its own, to be ended and started again. */
export interface Program {
  readonly root: string;
  readonly paths: Paths;
  readonly stored: Stored;
  configure(sources: readonly object[]): void;
  start(): void;
  /** Settles once it says that it has started. */
  up(): Promise<void>;
  /** What it has written to its log, over all its lives. */
  log(): string;
  kill(): Promise<void>;
  /** Ends it in order. Its exit code. */
  stop(): Promise<number | null>;
  remove(): Promise<void>;
}

export function program(root = realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-f-')))): Program {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    XDG_STATE_HOME: join(root, 'state'),
    XDG_RUNTIME_DIR: join(root, 'run'),
    XDG_CONFIG_HOME: join(root, 'config'),
  };
  const paths = pathsOf(root, { env, platform: process.platform, home: root, tmp: tmpdir(), uid: null });
  let child: ChildProcess | null = null;
  let exits: Promise<unknown> = Promise.resolve();

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    child?.kill(signal);
    await exits;
    return child?.exitCode ?? null;
  }

  return {
    root,
    paths,
    stored: storedIn(paths.database),
    configure(sources) {
      mkdirSync(join(root, 'run'), { recursive: true, mode: 0o700 });
      const config = { sources, automation: 'observe', offline: true, retention: { store: 'all' } };
      writeFileSync(join(root, 'vigilai.config.json'), JSON.stringify(config));
    },
    start() {
      const args = [DOOR, 'daemon', 'run', '--root', root];
      child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
      exits = once(child, 'exit');
    },
    async up() {
      const { pid } = child ?? {};
      const says = (line: string) => line.includes('daemon started') && line.includes(`"pid":${pid},`);
      await until('the daemon has started', () => textOf(paths.log).split('\n').some(says), 60_000);
    },
    log: () => textOf(paths.log),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async remove() {
      await end('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it has written nothing yet
  }
}
