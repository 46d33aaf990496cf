import { readFile, stat } from 'node:fs/promises';

/** A report beyond this many bytes is not read: tests may print for ever into it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Text of what a runner wrote; null when it wrote nothing, or too much. */
export async function readReport(path: string): Promise<string | null> {
  const { size } = await stat(path).catch(() => ({ size: MOST_BYTES + 1 }));
  return size > MOST_BYTES ? null : readFile(path, 'utf8').catch(() => null);
}
