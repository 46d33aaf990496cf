import { spawnSync } from 'node:child_process';
import type { Language } from './language.ts';

/** A language's repository of others' code with an application of ours in it, and how it is run. */
export interface Project {
  readonly language: Language;
  /** Source files that may get a bug. */
  readonly sources: RegExp;
  /** Files of the application that only tell what happened. */
  readonly journal: RegExp;
  /** Writes the whole repository into the folder `tree`; what is fetched for it is kept in `cache`. */
  fill(tree: string, cache: string): void;
  /** Compiles after a change of these files, all when null; false when they do not compile. */
  compile(tree: string, files: readonly string[] | null): boolean;
  /** Undoes what `compile` made of these files. */
  restore?(tree: string, files: readonly string[]): void;
  readonly command: readonly [program: string, ...args: string[]];
  /** A statement that writes `@@<id>` and a new line to stderr. */
  probe(id: number): string;
  /** A statement ends with this where another follows in the same line. */
  readonly separator: string;
}

export interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 64 * 2 ** 20;

/** Runs a program to its end in a folder; a fixed time zone and no seed of a hash make it the same each time. */
export function runIn(
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  timeout = TIMEOUT_MS,
): Ran {
  const env = {
    ...process.env,
    TZ: 'America/St_Johns',
    LC_ALL: 'C.UTF-8',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env,
    timeout,
    killSignal: 'SIGKILL',
    maxBuffer: MOST_BYTES,
    encoding: 'utf8',
  });
  return { ok: status === 0, out: stdout ?? '', err: stderr ?? '' };
}
