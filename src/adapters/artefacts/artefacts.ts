import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Artefacts } from '../../ports/workspace.ts';

/** Files of fixes below `artefactsDir/<fix id>/`, 0600. */
export function folderArtefacts(options: {
  readonly stateDir: string;
  readonly artefactsDir: string;
}): Artefacts {
  return {
    async keep(fixId, name, text) {
      if (!/^[\w-]+$/.test(fixId) || !/^[\w-]+(\.[\w-]+)*$/.test(name))
        throw new Error(`not a name: ${fixId}/${name}`);
      const folder = join(options.artefactsDir, fixId);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(join(folder, name), text, { mode: 0o600 });
      return relative(options.stateDir, folder);
    },
  };
}
