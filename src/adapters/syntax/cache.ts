import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Outline, SkippedFile } from '../../ports/syntax.ts';

/** What is known of a content: its outline, or why it has none. */
export type Known = Outline | SkippedFile['why'];

/** Raise it whenever outlines of the same text come out differently: what other versions kept is thrown away. */
const VERSION = 2;
/** More is not kept: outlines of some 800,000 lines. */
const MOST_CHARS = 48 * 1024 * 1024;

/**
 * Outlines by the id of the content that they were made of, so that they hold wherever the same content comes again. One
 * file: a line with version and checksum, then JSON. Null or an empty map where there is none that can be believed.
 */
export async function readCache(path: string): Promise<Map<string, Known>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end === -1 || text.slice(0, end) !== headOf(body)) return new Map();
  const entries: readonly (readonly [string, Known])[] = JSON.parse(body);
  return new Map(entries);
}

/**
 * Keeps `entries`, the most wanted first, as many as there is room for. It is replaced whole, so a reader sees the old one
 * or the new one. A folder that cannot be written costs the next run time, and nothing else.
 */
export async function writeCache(path: string, entries: Iterable<readonly [string, Known]>): Promise<void> {
  const kept: string[] = [];
  let chars = 0;
  for (const entry of entries) {
    const json = JSON.stringify(entry);
    chars += json.length;
    if (chars > MOST_CHARS) break;
    kept.push(json);
  }
  const body = `[${kept.join(',')}]`;
  const draft = `${path}.${process.pid}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(draft, `${headOf(body)}\n${body}`, { mode: 0o600 });
    await rename(draft, path);
  } catch {
    // A full disk or a read-only folder.
  }
}

function headOf(body: string): string {
  return `outlines ${VERSION} ${createHash('sha256').update(body).digest('hex')}`;
}
