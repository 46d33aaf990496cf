import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `file` source. */
export const fileSourceSchema = z.strictObject({
  type: z.literal('file'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe('Files or globs, relative to the workspace. Files may appear later and may be rotated.'),
});
