import { type FileHandle, realpath } from 'node:fs/promises';
import type { Cursor, LineBatch } from '../../../ports/source.ts';
import { bytesOf } from './bytes/bytes.ts';
import type { Encoding } from './bytes/encoding.ts';
import { lineSplitter, type Portion, portions } from './bytes/split-lines.ts';
import { markText } from './resume/mark.ts';

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

/** Where a file begins to be read. */
export interface Place {
  readonly stream: string;
  readonly inode: string;
  readonly head: Buffer;
  readonly encoding: Encoding;
  readonly offset: number;
}

export async function createTail(name: string, file: FileHandle, place: Place): Promise<Tail> {
  const { stream, inode, head, encoding, offset } = place;
  const names = namesOf(name, head.length);
  const real = await realpath(name).catch(() => name);
  const bytes = await bytesOf({ file, inode, head, path: names.where });
  const splitter = lineSplitter(offset, encoding);
  const waiting: Portion[] = [];
  let position = offset;
  let given = offset;
  let size = offset;

  const batch = ({ lines, offsets, end }: Portion, receivedAt: number, ended: boolean): LineBatch => {
    given = end;
    const mark = names.mark();
    const cursor = { stream, offset: end, mark };
    return { stream, mark, records: lines, offsets, marks: null, cursor, receivedAt, ended };
  };
  const readOn = async (): Promise<void> => {
    const chunk = await bytes.read(position, size);
    position += chunk.length;
    if (chunk.length === 0) size = position; // it was truncated in this moment
    const found = splitter.push(chunk);
    waiting.push(...portions(found, splitter.offset()));
  };

  return {
    path: names.path,
    rename: names.rename,
    moved: names.moved,
    real,
    stream,
    inode,
    cursor: () => ({ stream, offset: given, mark: names.mark() }),
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
    tooLong: splitter.tooLong,
    isOpen: bytes.isOpen,
    park: bytes.close,
  };
}

/** The name by which a file is known, and where it is found. */
function namesOf(name: string, headBytes: number) {
  let path = name;
  let where = name;
  let mark = markText({ path, headBytes });
  return {
    path: () => path,
    where: () => where,
    mark: () => mark,
    rename(to: string): void {
      path = to;
      where = to;
      mark = markText({ path, headBytes });
    },
    moved(found: string): void {
      where = found;
    },
  };
}
