import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  scripts: z.record(z.string(), z.string()).catch({}),
  dependencies: z.record(z.string(), z.string()).catch({}),
  devDependencies: z.record(z.string(), z.string()).catch({}),
});

export type Manifest = z.infer<typeof manifestSchema>;

/** The package of a workspace whose tests are run. */
export interface Package {
  /** Absolute folder of the workspace. */
  readonly workspace: string;
  /** Folder of the package in it; '' for the root. */
  readonly dir: string;
  readonly manifest: Manifest | null;
  /** Names in the package's folder. */
  readonly names: readonly string[];
}

export function folderOf(pkg: Package): string {
  return join(pkg.workspace, pkg.dir);
}

/** A path of the workspace as one of the package. */
export function inPackage(file: string, { dir }: Package): string {
  return dir !== '' && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file;
}

/** Names in a folder of the package; none where there is no such folder. */
export async function namesIn(pkg: Package, folder: string): Promise<readonly string[]> {
  return readdir(join(folderOf(pkg), folder)).catch(() => []);
}

/** Folders from a suspect's up to the root, inner first; only the root without a suspect. */
export async function packagesAround(workspace: string, suspect: string | null): Promise<readonly Package[]> {
  const dirs = suspect === null ? [''] : parentsOf(suspect);
  const packages = await Promise.all(dirs.map((dir) => packageAt(workspace, dir)));
  return packages.filter((one) => one !== null);
}

/** The package of one folder; null where there is no such folder. */
export async function packageAt(workspace: string, dir: string): Promise<Package | null> {
  const names = await readdir(join(workspace, dir)).catch(() => null);
  if (names === null) return null;
  return { workspace, dir, names, manifest: await manifestIn(join(workspace, dir)) };
}

export async function manifestIn(folder: string): Promise<Manifest | null> {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return null;
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // A broken manifest is no manifest: the runner would not read it either.
    return null;
  }
}

export function parentsOf(file: string): readonly string[] {
  const parents: string[] = [];
  for (let dir = dirname(file); dir !== '.' && dir !== '/' && !dir.startsWith('..'); dir = dirname(dir))
    parents.push(dir);
  return [...parents, ''];
}
