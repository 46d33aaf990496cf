import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../../../src/adapters/sqlite/store.ts';
import { type Paths, pathsOf } from '../../../src/config/paths.ts';
import type { Anomaly } from '../../../src/domain/anomaly.ts';
import type { SourceTotals } from '../../../src/ports/store.ts';
import { until } from '../daemon-process.ts';

const DOOR = join(import.meta.dirname, '../../../bin/vigilai.ts');

/** The real daemon of a workspace of its own, to be ended and started again. */
export interface Program {
  readonly root: string;
  readonly paths: Paths;
  configure(sources: readonly object[]): void;
  start(): void;
  /** Settles once it says that it has started. */
  up(): Promise<void>;
  kill(): Promise<void>;
  /** Ends it in order. Its exit code. */
  stop(): Promise<number | null>;
  /** Text of every stored event of a source, each as often as it is there; none before there is a database. */
  stored(source: string): readonly string[];
  /** How many there are. */
  count(source: string): number;
  /** Once it has ended. */
  found(): Promise<{ readonly totals: readonly SourceTotals[]; readonly anomalies: readonly Anomaly[] }>;
  remove(): Promise<void>;
}

/** `root` is a new folder if none is given; `argv` comes before the program, such as bubblewrap with its options. */
export function program(root = newFolder(), argv: readonly string[] = []): Program {
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
    configure(sources) {
      mkdirSync(join(root, 'run'), { recursive: true, mode: 0o700 });
      const config = { sources, automation: 'observe', offline: true, retention: { store: 'all' } };
      writeFileSync(join(root, 'vigilai.config.json'), JSON.stringify(config));
    },
    start() {
      const [file = '', ...args] = [...argv, process.execPath, DOOR, 'daemon', 'run', '--root', root];
      child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
      exits = once(child, 'exit');
    },
    async up() {
      const { pid } = child ?? {};
      const says = (line: string) => line.includes('daemon started') && line.includes(`"pid":${pid},`);
      await until('the daemon has started', () => textOf(paths.log).split('\n').some(says), 60_000);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    stored: (source) => ask(paths.database, 'select json from events where source = ?', source).map(String),
    count: (source) =>
      Number(ask(paths.database, 'select count(*) from events where source = ?', source)[0] ?? 0),
    async found() {
      const store = await openSqliteStore(paths.database);
      const all = { status: null, from: null, to: null, confidenceMin: null, source: null, after: null };
      const found = {
        totals: await store.sourceTotals(),
        anomalies: (await store.anomalies({ ...all, limit: 500 })).items,
      };
      await store.close();
      return found;
    },
    async remove() {
      await end('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export const newFolder = () => realpathSync(mkdtempSync(join(tmpdir(), 'vigilai-f-')));

/** One column; nothing when the program was killed before it had made its tables. */
function ask(path: string, sql: string, source: string): readonly unknown[] {
  let database: Database.Database | null = null;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true });
    return database.prepare(sql).pluck().all(source);
  } catch {
    return [];
  } finally {
    database?.close();
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
