import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { inodeOf } from './identity.ts';

/** A file that lies beside another one. */
export interface Sibling {
  readonly path: string;
  readonly inode: string;
  /** When it was last written, epoch ms and fractions. */
  readonly modified: number;
}

/** Files beside `path`; null when the folder cannot be listed. */
export type Siblings = (path: string) => Promise<readonly Sibling[] | null>;

/** Each folder is listed once: made anew for every look. */
export function siblingsOnce(): Siblings {
  const listed = new Map<string, Promise<readonly Sibling[] | null>>();
  return (path) => {
    const folder = dirname(path);
    const found = listed.get(folder) ?? list(folder);
    listed.set(folder, found);
    return found;
  };
}

async function list(folder: string): Promise<readonly Sibling[] | null> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const found: Sibling[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => null); // renamed again in this moment
    if (stats?.isFile()) found.push({ path, inode: inodeOf(stats), modified: stats.mtimeMs });
  }
  return found;
}

const NUMBER_OR_DATE = /^[._-]\d[\d._:T+Z-]{0,40}$/;

/** Is this a name that rotation gives to `path`: `app.log.1`, `app.log-20260701.gz`, `app-2026-07-01.log`? */
export function isRotatedName(path: string, other: string): boolean {
  const own = basename(path);
  const name = basename(other).replace(/\.gz$/, '');
  if (name.startsWith(own))
    return name === own ? other.endsWith('.gz') : NUMBER_OR_DATE.test(name.slice(own.length));
  const extension = extname(own);
  const stem = basename(own, extension);
  if (extension === '' || !name.startsWith(stem) || !name.endsWith(extension)) return false;
  return NUMBER_OR_DATE.test(name.slice(stem.length, -extension.length));
}

/** Generations of `path` that were written after `own`, oldest first. */
export function youngerThan(path: string, own: Sibling, siblings: readonly Sibling[]): readonly Sibling[] {
  return siblings
    .filter((other) => other.inode !== own.inode && other.modified > own.modified)
    .filter((other) => other.path !== path && isRotatedName(path, other.path))
    .toSorted((a, b) => a.modified - b.modified);
}
