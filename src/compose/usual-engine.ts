import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Place } from './place.ts';

/** The configured engine; where none is configured and the Kiro CLI is not installed, the one that is built in. */
export function usualEngine({ settings: { agent }, env }: Pick<Place, 'settings' | 'env'>): string {
  const isChosen = agent.engine !== 'kiro' || agent.command.length > 0;
  return isChosen || isOnPath('kiro-cli', env['PATH'] ?? '') ? agent.engine : 'repair';
}

function isOnPath(program: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not there, or not to be run by us: the next folder may have it.
      return false;
    }
  });
}
