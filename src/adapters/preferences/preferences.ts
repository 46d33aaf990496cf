import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { JSONFilePreset } from 'lowdb/node';
import { z } from 'zod';
import type { Preferences } from '../../ports/house.ts';

const keptSchema = z.partialRecord(z.enum(['theme', 'lastWorkspace']), z.string()).catch({});

/** Preferences in one small file, written whole. A damaged file counts as empty. */
export function filePreferences(path: string): Preferences {
  const open = async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return JSONFilePreset<unknown>(path, {});
  };
  return {
    async get(key) {
      const file = await open().catch(() => ({ data: {} }));
      return keptSchema.parse(file.data)[key] ?? null;
    },
    async set(key, value) {
      const file = await open();
      file.data = { ...keptSchema.parse(file.data), [key]: value };
      await file.write();
    },
  };
}
