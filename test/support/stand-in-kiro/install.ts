import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./program.ts', import.meta.url));

/** Puts a `kiro-cli` into `dir` that runs the stand-in with this Node; answers its path. */
export async function installStandInKiro(dir: string): Promise<string> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'kiro-cli');
  const node = process.execPath;
  // An agent is handed nothing of our environment, and is started five times a run: it has to know the cache itself.
  const cache = process.env['NODE_COMPILE_CACHE'] ?? '';
  await writeFile(file, `#!/bin/sh\nNODE_COMPILE_CACHE="${cache}" exec "${node}" "${PROGRAM}" "$@"\n`, {
    mode: 0o755,
  });
  return file;
}
