import { codeLines } from './code-lines.ts';
import type { LineHits } from './line-hits.ts';

/** `module/file.go:12.30,14.2 1 0`: from line.column to line.column, statements, count. */
const BLOCK = /^(.+):(\d+)\.(\d+),(\d+)\.(\d+) (\d+) (\d+)$/;

/**
 * Line hits of a cover profile, files as import paths. A line that belongs to several blocks ran when one of them did.
 * `read` answers the text of such a file: blocks span comments and brackets, which hold no code.
 */
export function goCoverHits(profile: string | null, read: (file: string) => string | null): LineHits | null {
  const hits = new Map<string, Map<number, number>>();
  for (const line of (profile ?? '').split('\n')) {
    const [, file, from, , to, , , count] = BLOCK.exec(line) ?? [];
    if (file === undefined) continue;
    const lines = hits.get(file) ?? new Map<number, number>();
    for (let at = Number(from); at <= Number(to); at += 1)
      lines.set(at, Math.max(lines.get(at) ?? 0, Number(count)));
    hits.set(file, lines);
  }
  if (hits.size === 0) return null;
  return new Map([...hits].map(([file, lines]) => [file, withCode(lines, read(file) ?? '')] as const));
}

function withCode(lines: ReadonlyMap<number, number>, text: string): ReadonlyMap<number, number> {
  const code = new Set(codeLines(text).map(({ line }) => line));
  return new Map([...lines].filter(([line]) => code.has(line)));
}
