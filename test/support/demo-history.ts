import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type History, historyOf, type Step } from './history.ts';

const DEMO = join(import.meta.dirname, '../../templates/demo');
const steps = z.array(
  z.object({ folder: z.string(), author: z.string(), date: z.string(), subject: z.string() }),
);

/** The repository of the demo service, with its history. */
export function demoHistory(): History {
  const told = steps.parse(JSON.parse(readFileSync(join(DEMO, 'history.json'), 'utf8')));
  return historyOf(
    told.map(
      ({ folder, ...commit }): Step => ({ ...commit, files: filesBelow(join(DEMO, 'history', folder)) }),
    ),
  );
}

function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}
