import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ports/clock.ts';
import type { Command } from '../../ports/process.ts';
import { countMarked } from '../process/mark.ts';
import type { Child } from './child.ts';
import type { Watch } from './stop.ts';

/** What a run may use of the machine. */
const WRITTEN_BYTES = 1024 ** 3;
const PRINTED_BYTES = 64 * 1024 ** 2;
const PROCESSES = 1_000;

/** Looked at once a second, and in a large workspace so that looking takes no more than a tenth of the time. */
const LOOK_MS = 1_000;
const PAUSE_FACTOR = 10;

export interface Used {
  readonly command: Command;
  readonly child: Child;
  /** Folders that the run may write. */
  readonly writable: readonly string[];
}

/** Ends a run that fills the disk, prints without end, or starts processes without end. Settles when the run is over. */
export async function watchUsage(used: Used, watch: Watch, clock: Clock): Promise<void> {
  const over = new AbortController();
  void watch.stopped.then(() => over.abort());
  const before = await bytesBelow(used.writable, over.signal);
  while (!over.signal.aborted) {
    const began = clock.now();
    const excess = excessOf(used, (await bytesBelow(used.writable, over.signal)) - before);
    if (excess !== null) return watch.stop({ end: 'exceeded', detail: excess });
    await clock.sleep(Math.max(LOOK_MS, (clock.now() - began) * PAUSE_FACTOR), over.signal);
  }
}

function excessOf({ command, child }: Used, written: number): string | null {
  if (written > WRITTEN_BYTES) return `it wrote more than ${WRITTEN_BYTES / 1024 ** 3} GiB`;
  if (child.printed() > PRINTED_BYTES) return `it printed more than ${PRINTED_BYTES / 1024 ** 2} MiB`;
  return countMarked(command) > PROCESSES ? `it ran more than ${PROCESSES} processes` : null;
}

/** What the files below occupy on the disk; links are not followed, and what vanishes meanwhile counts nothing. */
async function bytesBelow(folders: readonly string[], signal: AbortSignal): Promise<number> {
  let bytes = 0;
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined && !signal.aborted; folder = waiting.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) bytes += ((await lstat(path).catch(() => null))?.blocks ?? 0) * 512;
    }
  }
  return bytes;
}
