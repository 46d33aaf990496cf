import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import type { Journal } from '../../ports/house.ts';

const NAME = /^(?<source>[\w.-]+)\.(?<pid>\d+)\.(?<stamp>\d+)\.log$/;

/** A journal that was found in the folder. */
export interface FoundJournal {
  readonly source: string;
  readonly path: string;
  readonly endMarker: string;
}

/**
 * A new journal of `source` in `folder` (0600 in 0700): the one place that holds unredacted text. The writer's process
 * id stands in its name, so that a journal whose writer died counts as ended.
 * @throws VigilError `disk_full`, `state_read_only`; so does `write`.
 */
export function openJournal(folder: string, source: string, now: number): Journal {
  const path = join(folder, `${source}.${process.pid}.${now}.log`);
  const file = create(folder, path);
  return {
    path,
    write(text) {
      const bytes = Buffer.from(text);
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      } catch (cause) {
        throw unwritable(path, cause);
      }
    },
    async close() {
      fsyncSync(file);
      closeSync(file);
      await writeFile(endMarkerOf(path), '', { mode: 0o600 });
    },
  };
}

export function endMarkerOf(journal: string): string {
  return `${journal}.end`;
}

/** Journals that are still there, of a daemon that was killed for instance. Those whose writer is gone are marked ended. */
export async function findJournals(folder: string): Promise<readonly FoundJournal[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const found: FoundJournal[] = [];
  for (const name of names.toSorted()) {
    const parts = NAME.exec(name)?.groups;
    if (parts === undefined) continue;
    const path = join(folder, name);
    if (!isAlive(Number(parts['pid']))) await writeFile(endMarkerOf(path), '', { mode: 0o600 });
    found.push({ source: parts['source'] ?? 'stdin', path, endMarker: endMarkerOf(path) });
  }
  return found;
}

/** Removes a journal that has been read to its end and is checkpointed. */
export async function removeJournal(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(endMarkerOf(path), { force: true });
}

function create(folder: string, path: string): number {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return openSync(path, 'wx', 0o600);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): VigilError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new VigilError(full ? 'disk_full' : 'state_read_only', {
    what: `the journal ${path} cannot be written`,
    why: full ? 'the disk is full' : code,
    cause,
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
