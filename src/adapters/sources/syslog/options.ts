import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `syslog` source. */
export const syslogSourceSchema = z.strictObject({
  type: z.literal('syslog'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address to listen on. Syslog proves nobody: on any other than loopback, whoever reaches it may write.',
    ),
  port: z.number().int().min(1).max(65_535).default(5514).describe('Port to listen on.'),
  protocols: z
    .array(z.enum(['udp', 'tcp']))
    .min(1)
    .default(['udp', 'tcp'])
    .describe('What to listen for; over UDP a message is lost where nobody can be asked to send it again.'),
  zone: z
    .enum(['local', 'utc'])
    .default('local')
    .describe('Time zone of RFC 3164 timestamps, which name none: of this machine, or UTC.'),
});

export type SyslogOptions = z.output<typeof syslogSourceSchema>;
