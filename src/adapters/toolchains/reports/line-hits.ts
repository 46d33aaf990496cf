import { isAbsolute, relative, sep } from 'node:path';
import type { FileCoverage } from '../../../domain/fix.ts';

/** How often each line that holds code ran (1-based), by file as the tool names it. */
export type LineHits = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** The same file measured several times, by several processes or packages: what one of them ran, was run. */
export function mergedHits(all: Iterable<LineHits>): LineHits {
  const merged = new Map<string, Map<number, number>>();
  for (const hits of all) {
    for (const [file, lines] of hits) {
      const known = merged.get(file) ?? new Map<number, number>();
      for (const [line, count] of lines) known.set(line, Math.max(known.get(line) ?? 0, count));
      merged.set(file, known);
    }
  }
  return merged;
}

/** Relative to `folder`; files outside of it and those of installed packages are left out. Null for no file at all. */
export function fileCoverage(hits: LineHits, folder: string): readonly FileCoverage[] | null {
  const files = [...hits].flatMap(([name, lines]) => {
    const file = (isAbsolute(name) ? relative(folder, name) : name).replaceAll(sep, '/');
    if (file.startsWith('../') || isAbsolute(file) || /(^|\/)node_modules\//.test(file)) return [];
    const sorted = [...lines].sort(([a], [b]) => a - b);
    const covered = sorted.filter(([, count]) => count > 0).map(([line]) => line);
    const uncovered = sorted.filter(([, count]) => count === 0).map(([line]) => line);
    return [{ file, covered, uncovered }];
  });
  return files.length === 0 ? null : files.sort((a, b) => (a.file < b.file ? -1 : 1));
}
