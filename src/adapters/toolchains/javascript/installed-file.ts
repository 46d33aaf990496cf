import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { folderOf, type Package, parentsOf } from '../package.ts';

/**
 * A file of an installed package, relative to the folder of `pkg`: in its own `node_modules`, else in those of the
 * folders around it, up to the workspace. Where it is nowhere, the place where it should be.
 */
export function installedFile(pkg: Package, file: string): string {
  const folders = parentsOf(join(pkg.dir, 'package.json')).map((dir) => join(pkg.workspace, dir));
  const found = folders.map((folder) => join(folder, 'node_modules', file)).find((path) => existsSync(path));
  return found === undefined ? join('node_modules', file) : relative(folderOf(pkg), found);
}
