import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VigilError } from '../../domain/errors.ts';

/** In a journal's folder stands a file with the name of its source, so that the next daemon reads it under the same one. */
const NAME = 'source';

/**
 * The journal's path as the file system knows it.
 * @throws VigilError `bad_request` for anything that is not a folder directly in the journal folder.
 */
export async function journalPath(folder: string, path: string): Promise<string> {
  try {
    const [home, real] = await Promise.all([realpath(folder), realpath(path)]);
    if (dirname(real) === home && (await stat(real)).isDirectory()) return real;
  } catch {
    // No such folder, or one that we may not see: the same answer.
  }
  throw new VigilError('bad_request', {
    what: `the field \`journal\` names no journal of this workspace (${basename(path)})`,
  });
}

export async function rememberName(journal: string, name: string): Promise<void> {
  await writeFile(join(journal, NAME), name, { mode: 0o600 });
}

/** The name under which it was read before, or null. */
export async function rememberedName(journal: string): Promise<string | null> {
  try {
    return (await readFile(join(journal, NAME), 'utf8')).trim() || null;
  } catch {
    // It was never attached.
    return null;
  }
}
