import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import type { Cursor, LineBatch } from '../../../ports/source.ts';
import { type Bytes, bytesOf } from './bytes.ts';
import { type Encoding, endsLine, isHalfMark } from './encoding.ts';
import { beginningOf, beginsLike, identityOf, inodeIn, looksBinary } from './identity.ts';
import { markOf, markText } from './mark.ts';
import { lineSplitter, type Portion, portions } from './split-lines.ts';

/** One file that is read as it grows, under whatever name. */
export interface Tail {
  /** The name by which it is known. */
  path(): string;
  rename(path: string): void;
  /** The file itself, where `path` is a link to it: its changes are signed under this name. */
  readonly real: string;
  readonly stream: string;
  /** `device:inode`. */
  readonly inode: string;
  /** Where to go on after what `next` has answered. */
  cursor(): Cursor;
  /** What lies in the file now. `rewritten` in place (truncated, or its beginning changed): what was read is gone. */
  look(): Promise<'same' | 'rewritten'>;
  /** The next batch, or null when all is read that `look` has seen. */
  next(now: number): Promise<LineBatch | null>;
  /** The last line without a line end, and the end of the stream. */
  end(now: number): LineBatch;
  lagBytes(): number;
  /** Lines that were cut. */
  tooLong(): number;
  isOpen(): boolean;
  /** Lets go of the file; it is opened again, under `found` from now on, when it is looked at. */
  park(): Promise<void>;
  /** Where a file is to be found that has lost its name. */
  moved(found: string): void;
}

export type Opened =
  | { readonly state: 'open'; readonly tail: Tail }
  | { readonly state: 'empty' | 'missing' | 'folder' | 'binary' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** What tells that a file is that of a cursor: inode and first bytes; for a copy first bytes, and a line end at the place. */
export type Likeness = 'same file' | 'same beginning';

/** Opens a file and goes on from the cursor of its stream, where `cursors` has one. */
export async function openTail(
  path: string,
  cursors: readonly Cursor[],
  likeness: Likeness = 'same file',
): Promise<Opened> {
  let file: FileHandle | null = null;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { state: 'folder' };
    if (!found.isFile()) return { state: 'unreadable', reason: 'it is no ordinary file' };
    if (found.size === 0) return { state: 'empty' };
    file = await open(path, 'r');
    const place = await placeIn(file, cursors, likeness);
    if (typeof place !== 'string') return { state: 'open', tail: await tailOf(path, file, place) };
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
  readonly inode: string;
  readonly head: Buffer;
  readonly encoding: Encoding;
  readonly offset: number;
}

/** A file is known when its first bytes, as many as were hashed then, hash to a known stream. */
async function placeIn(
  file: FileHandle,
  cursors: readonly Cursor[],
  likeness: Likeness,
): Promise<Place | 'empty' | 'binary'> {
  const beginning = await beginningOf(file);
  const { inode, size, bytes, encoding } = beginning;
  for (const cursor of cursors) {
    const { stream, offset } = cursor;
    const headBytes = markOf(cursor)?.headBytes;
    if (headBytes === undefined || offset > size || !beginsLike(bytes, stream, headBytes)) continue;
    const same =
      likeness === 'same file' ? inodeIn(stream) === inode : await endsLineAt(file, offset, encoding);
    if (same) return { stream, inode, head: Buffer.from(bytes.subarray(0, headBytes)), encoding, offset };
  }
  if (bytes.length === 0 || isHalfMark(bytes)) return 'empty';
  return looksBinary(bytes) ? 'binary' : { ...identityOf(beginning), inode, encoding, offset: 0 };
}

async function endsLineAt(file: FileHandle, offset: number, encoding: Encoding): Promise<boolean> {
  const before = Math.min(2, offset);
  const { buffer } = await file.read(Buffer.alloc(before), 0, before, offset - before);
  return offset === 0 || endsLine(buffer, encoding);
}

async function tailOf(name: string, file: FileHandle, place: Place): Promise<Tail> {
  const { stream, inode, head, encoding, offset } = place;
  let path = name;
  let where = name;
  const real = await realpath(name).catch(() => name);
  const bytes: Bytes = await bytesOf({ file, inode, head, path: () => where });
  const splitter = lineSplitter(offset, encoding);
  const waiting: Portion[] = [];
  let position = offset;
  let given = offset;
  let size = offset;

  const cursor = (): Cursor => ({ stream, offset: given, mark: markText({ path, headBytes: head.length }) });
  const batch = ({ lines, offsets, end }: Portion, receivedAt: number, ended: boolean): LineBatch => {
    given = end;
    const now = cursor();
    return { stream, mark: now.mark, records: lines, offsets, marks: null, cursor: now, receivedAt, ended };
  };
  const readOn = async (): Promise<void> => {
    const chunk = await bytes.read(position, size);
    position += chunk.length;
    if (chunk.length === 0) size = position; // it was truncated in this moment
    const found = splitter.push(chunk);
    waiting.push(...portions(found, splitter.offset()));
  };

  return {
    path: () => path,
    rename(to) {
      path = to;
      where = to;
    },
    real,
    stream,
    inode,
    cursor,
    async look() {
      const now = await bytes.size();
      if (now === 'rewritten' || now < position) return 'rewritten';
      size = now;
      return 'same';
    },
    async next(now) {
      while (waiting.length === 0 && position < size) await readOn();
      const portion = waiting.shift();
      return portion === undefined ? null : batch(portion, now, false);
    },
    end: (now) => batch({ ...splitter.flush(), end: splitter.offset() }, now, true),
    lagBytes: () => size - given,
    tooLong: () => splitter.tooLong(),
    isOpen: () => bytes.isOpen(),
    park: () => bytes.close(),
    moved(found) {
      where = found;
    },
  };
}
