import { VigilError } from '../../../domain/errors.ts';

/** What the file system says when a journal cannot be written, in our words. */
export function unwritable(path: string, cause: unknown): VigilError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new VigilError(full ? 'disk_full' : 'state_read_only', {
    what: `the journal ${path} cannot be written`,
    why: full ? 'the disk is full' : code,
    cause,
  });
}
