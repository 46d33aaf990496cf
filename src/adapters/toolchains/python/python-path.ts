import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { folderOf, type Package } from '../package.ts';

/** Where Python looks first: the workspace's own code. */
export function pythonPath(pkg: Package): string {
  const folder = folderOf(pkg);
  const places = [join(folder, 'src'), folder, pkg.workspace].filter((place) => existsSync(place));
  return [...new Set(places)].join(delimiter);
}
