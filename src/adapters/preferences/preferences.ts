import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { z } from 'zod';
import type { Preferences } from '../../ports/house.ts';

const keptSchema = z.partialRecord(z.enum(['theme', 'lastWorkspace']), z.string()).catch({});

/** Preferences in one small file, written whole. A damaged file counts as empty, one that cannot be read too. */
export function filePreferences(path: string): Preferences {
  const open = async (): Promise<Low<unknown>> => {
    const file = new Low<unknown>(new JSONFile(path), {});
    await file.read().catch(() => undefined);
    file.data = keptSchema.parse(file.data);
    return file;
  };
  return {
    get: async (key) => keptSchema.parse((await open()).data)[key] ?? null,
    async set(key, value) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open();
      file.data = { ...keptSchema.parse(file.data), [key]: value };
      await file.write();
    },
  };
}
