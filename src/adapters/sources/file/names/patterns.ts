import { matchesGlob, relative, resolve, sep } from 'node:path';

const GLOB = /[*?[\]{}]/;
/** Below this many folders a `**` is not watched, only looked through. */
const DEEPEST = 8;

/** One configured path or glob. */
export interface Pattern {
  /** The folder above the first wildcard, absolute; of a plain path the folder it lies in. */
  readonly base: string;
  /** What is searched below `base`; null for a plain path. */
  readonly glob: string | null;
  /** Absolute. */
  readonly path: string;
  /** Folders between `base` and the file, at most. */
  readonly depth: number;
}

export function patternsOf(paths: readonly string[], root: string): readonly Pattern[] {
  return paths.map((text) => {
    const path = resolve(root, text);
    const parts = path.split(sep);
    const first = parts.findIndex((part) => GLOB.test(part));
    const above = first < 0 ? parts.length - 1 : first;
    const below = parts.slice(above);
    return {
      path,
      base: parts.slice(0, above).join(sep) || sep,
      glob: first < 0 ? null : below.join('/'),
      depth: below.includes('**') ? DEEPEST : below.length - 1,
    };
  });
}

/** Never logs, and sometimes endless. */
export const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** May `path` be one of the files, or (`file` false) lead to one? */
export function concerns(pattern: Pattern, path: string, file: boolean): boolean {
  const below = relative(pattern.base, path);
  if (below === '') return true;
  const parts = below.split(sep);
  if (parts[0] === '..') return !file && !relative(path, pattern.base).startsWith('..');
  if (parts.some((part) => SKIPPED.has(part))) return false;
  if (!file) return parts.length <= pattern.depth;
  return pattern.glob === null ? path === pattern.path : matchesGlob(below, pattern.glob);
}
