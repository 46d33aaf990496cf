import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** First bytes that tell one file from another that was given the same inode. */
const HEAD_BYTES = 256;

/** Which file it is, whatever it is called now. */
export interface Identity {
  /** `device:inode:hash of the first bytes`. */
  readonly stream: string;
  /** How many first bytes were hashed: a file may have been shorter when it was first seen. */
  readonly headBytes: number;
}

/** Identity of an open file; null while it is empty. `headBytes` repeats an earlier look at the same file. */
export async function identityOf(file: FileHandle, headBytes = HEAD_BYTES): Promise<Identity | null> {
  const { dev, ino } = await file.stat();
  const head = Buffer.alloc(headBytes);
  const { bytesRead } = await file.read(head, 0, headBytes, 0);
  if (bytesRead === 0) return null;
  const hash = createHash('sha256').update(head.subarray(0, bytesRead)).digest('hex').slice(0, 16);
  return { stream: `${dev}:${ino}:${hash}`, headBytes: bytesRead };
}

/** A file with a NUL among its first bytes is not a log. */
export async function isBinary(file: FileHandle): Promise<boolean> {
  const head = Buffer.alloc(HEAD_OF_TEXT);
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  return looksBinary(head.subarray(0, bytesRead));
}

const HEAD_OF_TEXT = 8192;

export function looksBinary(head: Buffer): boolean {
  return head.subarray(0, HEAD_OF_TEXT).includes(0);
}
