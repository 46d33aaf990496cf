import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** Where a path, relative ones seen from the workspace, really leads: links of what exists of it are followed. */
export async function realPath(workspace: string, path: string): Promise<string> {
  const whole = resolve(workspace, path);
  const real = await realpath(whole).catch(() => null);
  if (real !== null) return real;
  const parent = dirname(whole);
  return parent === whole ? whole : join(await realPath(workspace, parent), basename(whole));
}
