import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `alertmanager` source. */
export const alertmanagerSourceSchema = z.strictObject({
  type: z.literal('alertmanager'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on; on any other than loopback, set `tokenEnv` too.'),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(9096)
    .describe('Port to listen on: the webhook is http://127.0.0.1:9096/alerts.'),
  tokenEnv: z
    .string()
    .regex(/^[A-Za-z_]\w{0,127}$/, 'the name of an environment variable')
    .nullable()
    .default(null)
    .describe('Environment variable with the bearer token that a sender must show; null asks for none.'),
});

export type AlertmanagerOptions = z.output<typeof alertmanagerSourceSchema>;
