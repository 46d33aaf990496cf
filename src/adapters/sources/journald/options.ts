import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** The priorities of syslog, most urgent first, as journalctl calls them. */
const PRIORITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'] as const;

const names = z.array(z.string().min(1).max(256)).default([]);

/** Options of one `journald` source. Entries have to meet all of `units`, `identifiers` and `priority`. */
export const journaldSourceSchema = z.strictObject({
  type: z.literal('journald'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  units: names.describe('Units whose entries are read, patterns such as `shop-*` too; none: all units.'),
  identifiers: names.describe('Syslog identifiers (the name a program logs by) that are read; none: all.'),
  priority: z
    .enum(PRIORITIES)
    .default('debug')
    .describe('The least urgent entries that are read: `warning` reads warnings and worse.'),
  since: z
    .string()
    .min(1)
    .max(100)
    .default('now')
    .describe(
      'Where to begin the first time: `now`, `oldest`, or a time as journalctl takes it (`2 hours ago`).',
    ),
  directory: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('Folder of journal files to read instead of the journal of this machine.'),
});

export type JournaldSourceOptions = z.infer<typeof journaldSourceSchema>;
