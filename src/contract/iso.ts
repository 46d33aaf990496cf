import { z } from 'zod';

/** Times are ISO 8601 on the wire and epoch milliseconds inside. */
export const iso = z.iso.datetime();

/** Epoch milliseconds as the wire writes them. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
