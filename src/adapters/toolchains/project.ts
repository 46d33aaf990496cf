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
export interface Project {
  /** Absolute folder of the workspace. */
  readonly workspace: string;
  /** Folder of the package in it; '' for the root. */
  readonly dir: string;
  readonly manifest: Manifest | null;
  /** Names in the package's folder. */
  readonly names: readonly string[];
}

/** Folders from a suspect's up to the root, inner first; only the root without a suspect. */
export async function projectsAround(workspace: string, suspect: string | null): Promise<readonly Project[]> {
  const dirs = suspect === null ? [''] : parentsOf(suspect);
  const projects = await Promise.all(dirs.map((dir) => projectAt(workspace, dir)));
  return projects.filter((project) => project !== null);
}

async function projectAt(workspace: string, dir: string): Promise<Project | null> {
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
