import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Cursor, LineBatch } from '../../../ports/source.ts';
import { identityOf, isBinary } from './identity.ts';
import { markOf, markText } from './mark.ts';
import { type LineSplitter, lineSplitter, type Portion, portions } from './split-lines.ts';

const CHUNK_BYTES = 256 * 1024;

/** One open file that is read as it grows, under whatever name. */
export interface Tail {
  /** The name by which it is known now. */
  path(): string;
  rename(path: string): void;
  readonly stream: string;
  /** Where to go on after what `next` has answered. */
  cursor(): Cursor;
  /** The next batch, or null when there is nothing new. */
  next(now: number): Promise<LineBatch | null>;
  /**
   * What became of the file: `same`, `replaced` (another file has its name now, or nobody), or `rewritten` in place
   * (truncated, or its beginning changed): then what was read is no longer there.
   */
  fate(): Promise<'same' | 'replaced' | 'rewritten'>;
  /** The last line without a line end, and the end of the stream. */
  end(now: number): LineBatch;
  lagBytes(): Promise<number>;
  close(): Promise<void>;
}

export type Opened =
  | { readonly state: 'open'; readonly tail: Tail }
  | { readonly state: 'empty' | 'missing' | 'folder' | 'binary' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** Opens a file and goes on from the cursor of its stream, where `cursors` has one. */
export async function openTail(path: string, cursors: readonly Cursor[]): Promise<Opened> {
  let file: FileHandle | null = null;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { state: 'folder' };
    if (!found.isFile()) return { state: 'unreadable', reason: 'it is no ordinary file' };
    file = await open(path, 'r');
    const place = await placeIn(file, cursors);
    if (typeof place !== 'string') return { state: 'open', tail: tailOf(path, file, place) };
    await file.close();
    return { state: place };
  } catch (error) {
    await file?.close();
    const reason = reasonOf(error);
    return reason === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', reason };
  }
}

/** What the operating system says of a file, such as `EACCES`. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
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

function tailOf(name: string, file: FileHandle, { stream, headBytes, offset }: Place): Tail {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const splitter: LineSplitter = lineSplitter(offset);
  const waiting: Portion[] = [];
  let path = name;
  let position = offset;
  let given = offset;

  const cursor = (): Cursor => ({ stream, offset: given, mark: markText({ path, headBytes }) });
  const batch = ({ lines, offsets, end }: Portion, now: number, ended: boolean): LineBatch => {
    given = end;
    const { mark } = cursor();
    return {
      stream,
      mark,
      records: lines,
      offsets,
      marks: null,
      cursor: cursor(),
      receivedAt: now,
      ended,
    };
  };
  /** False at the end of the file. */
  const readOn = async (): Promise<boolean> => {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, position);
    position += bytesRead;
    const found = splitter.push(chunk.subarray(0, bytesRead));
    waiting.push(...portions(found, splitter.offset()));
    return bytesRead > 0;
  };

  return {
    path: () => path,
    rename: (to) => {
      path = to;
    },
    stream,
    cursor,
    async next(now) {
      while (waiting.length === 0) if (!(await readOn())) return null;
      const portion = waiting.shift();
      return portion === undefined ? null : batch(portion, now, false);
    },
    async fate() {
      const own = await file.stat();
      const identity = await identityOf(file, headBytes);
      if (own.size < position || identity?.stream !== stream) return 'rewritten';
      const named = await stat(path).catch(() => null);
      return named !== null && named.ino === own.ino && named.dev === own.dev ? 'same' : 'replaced';
    },
    end: (now) => batch({ ...splitter.flush(), end: splitter.offset() }, now, true),
    lagBytes: async () => Math.max(0, (await file.stat()).size - given),
    close: () => file.close(),
  };
}
