import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Clock } from '../../../../ports/clock.ts';
import type { Cursor, LineBatch } from '../../../../ports/source.ts';
import { encodingOf, endsLine } from '../bytes/encoding.ts';
import { lineSplitter, portions } from '../bytes/split-lines.ts';
import { beginsLike, identityOf, looksBinary } from './identity.ts';
import { markOf, markText } from './mark.ts';
import type { Sibling } from './rotated.ts';

/** A rotated file that was packed before it was read to its end. */
export interface Packed {
  readonly path: string;
  readonly cursor: Cursor;
}

/** As many first bytes as tell that a file is text. */
const HEAD_OF_TEXT = 8192;

/** Is it the file of this cursor: does it begin like that, and does a line, or the file, end where the cursor stands? */
export async function isPackedRest(path: string, cursor: Cursor): Promise<boolean> {
  const headBytes = markOf(cursor)?.headBytes;
  if (headBytes === undefined) return false;
  const head = await unpackedHead(path);
  if (!beginsLike(head, cursor.stream, headBytes)) return false;
  if (cursor.offset === 0) return true;
  let size = 0;
  let before = Buffer.alloc(0);
  try {
    for await (const chunk of unpacked(path)) {
      before = Buffer.concat([before, chunk.subarray(0, Math.max(0, cursor.offset - size))]).subarray(-2);
      size += chunk.length;
      if (size >= cursor.offset && endsLine(before, encodingOf(head))) return true;
      if (size > cursor.offset) return false;
    }
  } catch {
    return false; // damaged: it cannot be read to there
  }
  // The last line of a file need not end with a line end.
  return size === cursor.offset;
}

/** A packed file that nobody has read, under the name that it had before; null when it is empty or no log. */
export async function unreadPacked({ path, inode }: Sibling, name: string): Promise<Packed | null> {
  const bytes = await unpackedHead(path);
  if (bytes.length === 0 || looksBinary(bytes)) return null;
  const { stream, head } = identityOf({ inode, size: 0, bytes, encoding: encodingOf(bytes) });
  return { path, cursor: { stream, offset: 0, mark: markText({ path: name, headBytes: head.length }) } };
}

/** The lines from the cursor on to the end of the file. @throws what zlib and the system say. */
export async function* readPacked({ path, cursor }: Packed, clock: Clock): AsyncGenerator<LineBatch> {
  const { stream, mark, offset } = cursor;
  const batch = (lines: string[], offsets: number[], end: number): LineBatch => ({
    stream,
    mark,
    records: lines,
    offsets,
    marks: null,
    cursor: { stream, offset: end, mark },
    receivedAt: clock.now(),
    ended: false,
  });
  const encoding = encodingOf(await unpackedHead(path));
  const splitter = lineSplitter(offset, encoding);
  let skip = offset;
  for await (const chunk of unpacked(path)) {
    const found = splitter.push(chunk.subarray(skip));
    skip = Math.max(0, skip - chunk.length);
    for (const { lines, offsets, end } of portions(found, splitter.offset()))
      yield batch(lines, offsets, end);
  }
  const { lines, offsets } = splitter.flush();
  yield { ...batch(lines, offsets, splitter.offset()), ended: true };
}

/** Empty when it cannot be unpacked. */
async function unpackedHead(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of unpacked(path)) {
      parts.push(part);
      size += part.length;
      if (size >= HEAD_OF_TEXT) break;
    }
  } catch {
    return Buffer.alloc(0); // no gzip after all, or damaged
  }
  return Buffer.concat(parts).subarray(0, HEAD_OF_TEXT);
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // The callback is there to be told; an error of either end comes out of the iteration.
  pipeline(createReadStream(path), gunzip, () => undefined);
  for await (const chunk of gunzip) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
}
