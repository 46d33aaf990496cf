import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { type Encoding, encodingOf } from '../bytes/encoding.ts';

/** First bytes that tell one file from another that was given the same inode. */
const HEAD_BYTES = 256;
/** First bytes among which a NUL tells that a file is no log. */
const HEAD_OF_TEXT = 8192;

/** `device:inode`. */
export function inodeOf({ dev, ino }: { readonly dev: number; readonly ino: number }): string {
  return `${dev}:${ino}`;
}

/** `device:inode` in the name of a stream. */
export function inodeIn(stream: string): string {
  return stream.slice(0, stream.lastIndexOf(':'));
}

/** The hash of the first bytes in the name of a stream. */
function hashIn(stream: string): string {
  return stream.slice(stream.lastIndexOf(':') + 1);
}

/** How a file begins. */
export interface Beginning {
  readonly inode: string;
  readonly size: number;
  readonly bytes: Buffer;
  readonly encoding: Encoding;
}

export async function beginningOf(file: FileHandle): Promise<Beginning> {
  const stats = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_OF_TEXT), 0, HEAD_OF_TEXT, 0);
  const bytes = buffer.subarray(0, bytesRead);
  return { inode: inodeOf(stats), size: stats.size, bytes, encoding: encodingOf(bytes) };
}

/** Which file it is, whatever it is called now. */
export interface Identity {
  /** `device:inode:hash of the first bytes`. */
  readonly stream: string;
  /** The bytes that were hashed: as many as there were when it was first seen, at most 256. */
  readonly head: Buffer;
}

/** `headBytes` repeats an earlier look at the same file. */
export function identityOf({ inode, bytes }: Beginning, headBytes = HEAD_BYTES): Identity {
  const head = Buffer.from(bytes.subarray(0, headBytes));
  return { stream: `${inode}:${hashOf(head)}`, head };
}

/** Do these first bytes belong to the stream of which `headBytes` were hashed, whatever inode they have? */
export function beginsLike(bytes: Buffer, stream: string, headBytes: number): boolean {
  return bytes.length >= headBytes && hashOf(bytes.subarray(0, headBytes)) === hashIn(stream);
}

function hashOf(head: Buffer): string {
  return createHash('sha256').update(head).digest('hex').slice(0, 16);
}

/** A file with a NUL among its first bytes is not a log, if it does not say that it is UTF-16. */
export function looksBinary(head: Buffer): boolean {
  return encodingOf(head) === 'utf8' && head.subarray(0, HEAD_OF_TEXT).includes(0);
}
