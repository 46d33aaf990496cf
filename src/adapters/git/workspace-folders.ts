import { mkdir, mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from './remove-tree.ts';

const HOUR_MS = 3_600_000;

/** A new folder that names the process it belongs to; it appears complete or not at all. */
export async function newFolder(workspacesDir: string, slug: string): Promise<string> {
  await mkdir(workspacesDir, { recursive: true, mode: 0o700 });
  const making = await mkdtemp(join(workspacesDir, '.new-'));
  await writeFile(join(making, 'owner'), String(process.pid));
  const folder = join(workspacesDir, `${slug}-${making.slice(-6)}`);
  await rename(making, folder);
  return folder;
}

/** Removes the workspaces of processes that are gone. */
export async function removeLeftovers(workspacesDir: string): Promise<void> {
  const names = await readdir(workspacesDir).catch(() => []);
  for (const name of names) {
    const folder = join(workspacesDir, name);
    if (await isLeftover(folder, name)) await removeTree(folder);
  }
}

async function isLeftover(folder: string, name: string): Promise<boolean> {
  if (name.startsWith('.new-')) {
    const made = await stat(folder).catch(() => null);
    return made !== null && Date.now() - made.mtimeMs > HOUR_MS;
  }
  const owner = Number(await readFile(join(folder, 'owner'), 'utf8').catch(() => ''));
  return !Number.isInteger(owner) || owner <= 0 || !isAlive(owner);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
