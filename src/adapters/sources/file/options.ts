import { z } from 'zod';

/** Options of one `file` source. */
export const fileSourceSchema = z.strictObject({
  type: z.literal('file'),
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'letters, digits, `_`, `.` and `-`, at most 64')
    .describe('How the source is called in anomalies and in status.'),
  paths: z
    .array(z.string().min(1))
    .min(1)
    .describe('Files or globs, relative to the workspace. Files may appear later and may be rotated.'),
});
