import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDERS = ['node_modules', '.venv', 'venv', 'vendor/bundle'];

/** Folders of a checkout that a confined run must be able to read: installed packages and environments. */
export function installedFolders(root: string): readonly string[] {
  return FOLDERS.map((name) => join(root, name)).filter((path) => existsSync(path));
}
