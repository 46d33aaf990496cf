import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Batch, Cursor } from '../../../ports/source.ts';
import { identityOf, isBinary } from './identity.ts';
import { markOf, markText } from './mark.ts';
import { type LineSplitter, lineSplitter } from './split-lines.ts';

const CHUNK_BYTES = 256 * 1024;

/** One open file that is read as it grows, under whatever name. */
export interface Tail {
  readonly path: string;
  readonly stream: string;
  /** The next batch, or null when there is nothing new. */
  next(now: number): Promise<Batch | null>;
  /**
   * What became of the file: `same`, `replaced` (another file has its name now, or nobody), or `rewritten` in place
   * (truncated, or its beginning changed): then what was read is no longer there.
   */
  fate(): Promise<'same' | 'replaced' | 'rewritten'>;
  /** The last line without a line end, and the end of the stream. */
  end(now: number): Batch;
  lagBytes(): Promise<number>;
  close(): Promise<void>;
}

export type Opened =
  | { readonly state: 'open'; readonly tail: Tail }
  | { readonly state: 'empty' | 'missing' | 'folder' | 'binary' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** Opens a file and goes on from the cursor of its stream, where `cursors` has one. */
export async function openTail(path: string, cursors: readonly Cursor[]): Promise<Opened> {
  let file: FileHandle;
  try {
    if ((await stat(path)).isDirectory()) return { state: 'folder' };
    file = await open(path, 'r');
  } catch (error) {
    return failed(error);
  }
  const place = await placeIn(file, cursors);
  if (place === 'empty' || place === 'binary') {
    await file.close();
    return { state: place };
  }
  return { state: 'open', tail: tailOf(path, file, place) };
}

function failed(error: unknown): Opened {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return code === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', reason: code };
}

interface Place {
  readonly stream: string;
  readonly headBytes: number;
  readonly offset: number;
}

/** A file is known when its first bytes, as many as were hashed then, hash to a known stream. */
async function placeIn(file: FileHandle, cursors: readonly Cursor[]): Promise<Place | 'empty' | 'binary'> {
  const { size } = await file.stat();
  for (const cursor of cursors) {
    const { stream, offset } = cursor;
    const headBytes = markOf(cursor)?.headBytes;
    if (headBytes === undefined || offset > size) continue;
    const identity = await identityOf(file, headBytes);
    if (identity?.stream === stream) return { stream, headBytes, offset };
  }
  const fresh = await identityOf(file);
  if (fresh === null) return 'empty';
  return (await isBinary(file)) ? 'binary' : { ...fresh, offset: 0 };
}

function tailOf(path: string, file: FileHandle, { stream, headBytes, offset }: Place): Tail {
  const mark = markText({ path, headBytes });
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const splitter: LineSplitter = lineSplitter(offset);
  let position = offset;

  const batch = (found: ReturnType<LineSplitter['push']>, now: number, ended: boolean): Batch => ({
    stream,
    mark,
    ...found,
    cursor: { stream, offset: splitter.offset(), mark },
    receivedAt: now,
    ended,
  });

  return {
    path,
    stream,
    async next(now) {
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
        if (bytesRead === 0) return null;
        position += bytesRead;
        const found = splitter.push(chunk.subarray(0, bytesRead));
        if (found.lines.length > 0) return batch(found, now, false);
      }
    },
    async fate() {
      const own = await file.stat();
      const identity = await identityOf(file, headBytes);
      if (own.size < position || identity?.stream !== stream) return 'rewritten';
      const named = await stat(path).catch(() => null);
      return named !== null && named.ino === own.ino && named.dev === own.dev ? 'same' : 'replaced';
    },
    end: (now) => batch(splitter.flush(), now, true),
    lagBytes: async () => Math.max(0, (await file.stat()).size - position),
    close: () => file.close(),
  };
}
