import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes a folder and all in it, also what was made unreadable. Links are removed, never followed. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch {
    // An agent or a test took the write permission of a folder: give it back and try once more.
    await openFolders(path);
    await rm(path, { recursive: true, force: true });
  }
}

/** The folder stays, what is in it goes. */
export async function emptyFolder(path: string): Promise<void> {
  await chmod(path, 0o700);
  for (const name of await readdir(path)) await removeTree(join(path, name));
}

async function openFolders(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return;
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(join(path, entry.name));
  }
}
