import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `host` source. */
export const hostSourceSchema = z.strictObject({
  type: z.literal('host'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  intervalSeconds: z
    .number()
    .min(1)
    .max(3600)
    .default(10)
    .describe('How often this machine is asked, in seconds.'),
  processes: z
    .array(z.string().min(1).max(200))
    .max(20)
    .default([])
    .describe(
      'Programs to watch, each by a part of its command line, such as "node server.js"; those that match are added up.',
    ),
  pids: z.array(z.number().int().positive()).max(20).default([]).describe('Single processes to watch.'),
});

export type HostSourceOptions = z.output<typeof hostSourceSchema>;
