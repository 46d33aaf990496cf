import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const planSchema = z.object({ branch: z.string() });

/** The branch of the one kept fix whose id begins so; null when there is none, or several. */
export async function keptBranch(artefactsDir: string, prefix: string): Promise<string | null> {
  if (!/^[\da-f][\da-f-]{3,35}$/.test(prefix)) return null;
  const ids = (await readdir(artefactsDir).catch(() => [])).filter((name) => name.startsWith(prefix));
  const [id] = ids;
  if (id === undefined || ids.length > 1) return null;
  const text = await readFile(join(artefactsDir, id, 'plan.json'), 'utf8').catch(() => null);
  return text === null ? null : planSchema.parse(JSON.parse(text)).branch;
}
