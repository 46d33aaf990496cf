import type { LineBatch } from '../../src/ports/source.ts';
import { T0 } from './log-lines.ts';

/** A house of recordings on paper: files by path, and what was written. */
export function recordings(files: Readonly<Record<string, string>>) {
  const written = new Map<string, string>();
  return {
    written,
    clock: { now: () => T0, sleep: () => Promise.resolve() },
    filesBelow: (path: string) => Promise.resolve(Object.keys(files).filter((file) => file.startsWith(path))),
    async writeText(path: string, parts: AsyncIterable<string>): Promise<void> {
      let text = '';
      for await (const part of parts) text += part;
      written.set(path, text);
    },
    async *readToEnd(path: string): AsyncGenerator<LineBatch> {
      await Promise.resolve();
      const lines = (files[path] ?? '').split('\n');
      for (let at = 0; at < lines.length; at += LINES_AT_ONCE) yield batchOf(path, lines, at);
    },
  };
}

const LINES_AT_ONCE = 100;

function batchOf(path: string, lines: readonly string[], at: number): LineBatch {
  const records = lines.slice(at, at + LINES_AT_ONCE);
  const offset = at + records.length;
  return {
    stream: path,
    mark: null,
    records,
    marks: null,
    offsets: records.map((_, i) => at + i),
    cursor: { stream: path, offset, mark: null },
    receivedAt: 0,
    ended: offset === lines.length,
  };
}
