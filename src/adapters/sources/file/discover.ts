import { glob, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Pattern, SKIPPED } from './patterns.ts';

/** Files that the patterns name now, absolute and sorted. A plain path is named whether it exists or not. */
export async function discover(patterns: readonly Pattern[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const pattern of patterns) {
    if (pattern.glob === null) found.add(pattern.path);
    else for await (const file of filesOf(pattern.glob, pattern.base)) found.add(file);
  }
  return [...found].toSorted();
}

async function* filesOf(pattern: string, cwd: string): AsyncGenerator<string> {
  const entries = glob(pattern, { cwd, withFileTypes: true, exclude: ({ name }) => SKIPPED.has(name) });
  try {
    for await (const entry of entries) {
      if (!entry.isDirectory()) yield join(entry.parentPath, entry.name);
    }
  } catch {
    // The folder is not there (yet), or may not be read: it is looked at again.
  }
}

/** Other files beside `path`, where one that was renamed is looked for; null when the folder cannot be listed. */
export async function siblings(path: string): Promise<readonly string[] | null> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => null);
  return names === null ? null : names.map((name) => join(folder, name)).filter((file) => file !== path);
}
