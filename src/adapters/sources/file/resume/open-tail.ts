import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Cursor } from '../../../../ports/source.ts';
import { type Encoding, endsLine, isHalfMark } from '../bytes/encoding.ts';
import { reasonOf } from '../reason.ts';
import { createTail, type Place, type Tail } from '../tail.ts';
import { beginningOf, beginsLike, identityOf, inodeIn, looksBinary } from './identity.ts';
import { markOf } from './mark.ts';

export type Opened =
  | { readonly state: 'open'; readonly tail: Tail }
  | { readonly state: 'empty' | 'missing' | 'folder' | 'binary' }
  | { readonly state: 'unreadable'; readonly reason: string };

/** What tells that a file is that of a cursor: inode and first bytes; for a copy first bytes, and a line end at the place. */
export type Likeness = 'same file' | 'same beginning';

/** Cursors of the streams that a file with this inode may be. */
export type CursorsOf = (inode: string) => readonly Cursor[];

/** Opens a file and goes on from the cursor of its stream, where `cursorsOf` has one. */
export async function openTail(
  path: string,
  cursorsOf: CursorsOf,
  likeness: Likeness = 'same file',
): Promise<Opened> {
  let file: FileHandle | null = null;
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { state: 'folder' };
    if (!found.isFile()) return { state: 'unreadable', reason: 'it is no ordinary file' };
    if (found.size === 0) return { state: 'empty' };
    file = await open(path, 'r');
    const place = await placeIn(file, cursorsOf, likeness);
    if (typeof place !== 'string') return { state: 'open', tail: await createTail(path, file, place) };
    await file.close();
    return { state: place };
  } catch (error) {
    await file?.close();
    const reason = reasonOf(error);
    return reason === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', reason };
  }
}

/** A file is known when its first bytes, as many as were hashed then, hash to a known stream. */
async function placeIn(
  file: FileHandle,
  cursorsOf: CursorsOf,
  likeness: Likeness,
): Promise<Place | 'empty' | 'binary'> {
  const beginning = await beginningOf(file);
  const { inode, size, bytes, encoding } = beginning;
  for (const cursor of cursorsOf(inode)) {
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
