import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { VigilError } from '../../domain/errors.ts';

/** How codes of SQLite and of the file system begin. ENOENT: `mkdir -p` says so on a read-only file system. */
const FULL = ['SQLITE_FULL', 'ENOSPC', 'EDQUOT'];
const CLOSED = ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM', 'EACCES', 'EROFS', 'EPERM', 'ENOENT'];
const NO_FOLDER = ['ENOTDIR', 'EISDIR', 'EEXIST'];
const BUSY = ['SQLITE_BUSY', 'SQLITE_LOCKED'];
const DAMAGED = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR'];

/** What SQLite and the file system say, in our words; anything else is passed on as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === null || error instanceof VigilError) return error;
  const what = `the database ${path}`;
  const is = (codes: readonly string[]) => codes.some((known) => code.startsWith(known));
  if (is(FULL) || (code.startsWith('SQLITE_IOERR') && isFull(path))) {
    return new VigilError('disk_full', {
      what: `${what} cannot grow`,
      why: 'the disk is full',
      cause: error,
    });
  }
  if (is(CLOSED) || is(NO_FOLDER)) {
    return new VigilError('state_read_only', { what: `${what} cannot be written`, why: code, cause: error });
  }
  if (is(BUSY)) {
    return new VigilError('state_busy', { what: `${what} is held by another process`, cause: error });
  }
  if (is(DAMAGED)) {
    return new VigilError('state_damaged', { what: `${what} is damaged`, why: code, cause: error });
  }
  return error;
}

/** On a full disk some file systems let SQLite only say that writing failed. */
function isFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 1024 * 1024;
  } catch {
    return false; // the folder is gone: not a full disk
  }
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
