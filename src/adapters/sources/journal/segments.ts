import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A journal is a folder of segments, each named by the offset of its first byte in the whole (as Kafka lays out a log). A
 * segment ends with a line end, and one that has a successor never grows again.
 */
export interface Segment {
  readonly base: number;
  readonly path: string;
}

/** A writer goes on in the next segment after about so many bytes. */
export const SEGMENT_BYTES = 8 * 1024 * 1024;

const NAME = /^(\d{16})\.seg$/;

export function segmentPath(folder: string, base: number): string {
  return join(folder, `${String(base).padStart(16, '0')}.seg`);
}

/** In order; none when the folder is not there. */
export async function segmentsOf(folder: string): Promise<readonly Segment[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  return names.toSorted().flatMap((name) => {
    const base = NAME.exec(name)?.[1];
    return base === undefined ? [] : [{ base: Number(base), path: join(folder, name) }];
  });
}

/** Deletes the segments that lie wholly before `offset`; the last one stays, since it says where writing goes on. */
export async function dropBefore(folder: string, offset: number): Promise<void> {
  const segments = await segmentsOf(folder);
  for (const [i, { path }] of segments.entries()) {
    const next = segments[i + 1];
    if (next === undefined || next.base > offset) return;
    await rm(path, { force: true });
  }
}

/** A file in the folder that says that nothing more will be written. */
export function endMarkerOf(folder: string): string {
  return join(folder, 'end');
}
