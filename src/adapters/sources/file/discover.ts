import { glob, readdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';

const GLOB = /[*?[\]{}]/;
/** Never logs, and sometimes endless. */
const SKIPPED = new Set(['node_modules', '.git']);

/** Files that the paths and globs name now, absolute and sorted. A plain path is named whether it exists or not. */
export async function discover(paths: readonly string[], root: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    if (!GLOB.test(path)) {
      found.add(resolve(root, path));
      continue;
    }
    const cwd = isAbsolute(path) ? '/' : root;
    const pattern = isAbsolute(path) ? path.slice(1) : path;
    for await (const entry of glob(pattern, {
      cwd,
      withFileTypes: true,
      exclude: ({ name }) => SKIPPED.has(name),
    })) {
      if (!entry.isDirectory()) found.add(join(entry.parentPath, entry.name));
    }
  }
  return [...found].toSorted();
}

/** Folders in which files of these paths appear: what has to be watched. */
export function foldersOf(paths: readonly string[], root: string): readonly string[] {
  const folders = paths.map((path) => {
    const parts = resolve(root, path).split('/');
    const firstGlob = parts.findIndex((part) => GLOB.test(part));
    return firstGlob < 0 ? dirname(parts.join('/')) : parts.slice(0, firstGlob).join('/') || '/';
  });
  return [...new Set(folders)];
}

/** Other files beside `path`: where one that was renamed is looked for. */
export async function siblings(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name)).filter((file) => file !== path);
}
