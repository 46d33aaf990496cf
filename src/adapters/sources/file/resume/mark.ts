import { z } from 'zod';
import type { Cursor } from '../../../../ports/source.ts';

/** What a file cursor needs beside stream and offset. */
export interface Mark {
  readonly path: string;
  readonly headBytes: number;
}

const markSchema = z.object({ path: z.string(), headBytes: z.number().int().positive() });

export function markText(mark: Mark): string {
  return JSON.stringify(mark);
}

/** Null for a cursor that another kind of source wrote. */
export function markOf(cursor: Cursor): Mark | null {
  if (cursor.mark === null) return null;
  try {
    return markSchema.parse(JSON.parse(cursor.mark));
  } catch {
    return null; // not ours: read the file from its beginning
  }
}
