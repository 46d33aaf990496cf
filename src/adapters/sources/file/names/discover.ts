import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Pattern, SKIPPED } from './patterns.ts';

export interface Discovered {
  /** Files that the patterns name now, absolute and sorted. A plain path is named whether it exists or not. */
  readonly files: readonly string[];
  /** Folders in which more may appear. Not all of them need exist. */
  readonly folders: ReadonlySet<string>;
}

export async function discover(patterns: readonly Pattern[]): Promise<Discovered> {
  const files = new Set<string>();
  const folders = new Set(patterns.map(({ base }) => base));
  for (const { glob: pattern, base, path } of patterns) {
    if (pattern === null) files.add(path);
    else for await (const name of found(pattern, base, false)) files.add(name);
    const above = pattern === null ? '.' : dirname(pattern);
    if (above !== '.') for await (const name of found(above, base, true)) folders.add(name);
  }
  return { files: [...files].toSorted(), folders };
}

async function* found(pattern: string, cwd: string, folders: boolean): AsyncGenerator<string> {
  const entries = glob(pattern, { cwd, withFileTypes: true, exclude: ({ name }) => SKIPPED.has(name) });
  try {
    for await (const entry of entries) {
      if (entry.isDirectory() === folders) yield join(entry.parentPath, entry.name);
    }
  } catch {
    // The folder is not there (yet), or may not be read: it is looked at again.
  }
}
