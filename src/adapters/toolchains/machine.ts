import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Run } from '../../ports/process.ts';

/** What runners are looked for in: the user's checkout, and the machine as the user's shell sees it. */
export interface MachineDeps {
  /** The user's checkout, whose installed packages are borrowed. */
  readonly root: string;
  readonly run: Run;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function foldersOnPath(env: MachineDeps['env']): readonly string[] {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

/** Where PATH has this program; null when it is not installed. */
export function programOnPath(name: string, env: MachineDeps['env']): string | null {
  return (
    foldersOnPath(env)
      .map((folder) => join(folder, name))
      .find((file) => existsSync(file)) ?? null
  );
}
