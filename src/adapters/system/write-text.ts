import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VigilError } from '../../domain/errors.ts';

/**
 * Writes a file, and makes the folders on its way. What was there before is replaced once all parts have come, and stays
 * when they break off. @throws VigilError `disk_full`, `bad_input` when it cannot be written; and what the parts throw.
 */
export async function writeText(path: string, parts: AsyncIterable<string>): Promise<void> {
  const unfinished = `${path}.part`;
  const file = await told(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    return open(unfinished, 'w');
  });
  try {
    for await (const part of parts) await told(path, () => file.writeFile(part));
    await file.close();
    await told(path, () => rename(unfinished, path));
  } catch (error) {
    await file.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function told<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    const what = `${path} cannot be written`;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new VigilError('disk_full', { what, cause });
    throw new VigilError('bad_input', {
      what,
      why: REASONS[code] ?? code,
      hint: 'Name another place.',
      cause,
    });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'its folder may not be written to',
  EROFS: 'its disk is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a folder on its way is a file',
  EEXIST: 'a folder on its way is a file',
};
