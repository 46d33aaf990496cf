import { VigilError } from '../../domain/errors.ts';

/** What SQLite and the file system say, in our words; anything else is passed on as it is. */
export function sqliteError(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === null || error instanceof VigilError) return error;
  const what = `the database ${path}`;
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return new VigilError('disk_full', {
      what: `${what} cannot grow`,
      why: 'the disk is full',
      cause: error,
    });
  }
  if (
    ['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'EACCES', 'EROFS', 'EPERM', 'ENOTDIR'].some((known) =>
      code.startsWith(known),
    )
  ) {
    return new VigilError('state_read_only', { what: `${what} cannot be written`, why: code, cause: error });
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new VigilError('state_busy', { what: `${what} is held by another process`, cause: error });
  }
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) {
    return new VigilError('state_damaged', { what: `${what} is damaged`, why: code, cause: error });
  }
  return error;
}

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
