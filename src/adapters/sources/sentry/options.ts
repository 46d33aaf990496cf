import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `sentry` source. */
export const sentrySourceSchema = z.strictObject({
  type: z.literal('sentry'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. On any other than loopback, whoever reaches it may send events.'),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(8969)
    .describe('Port to listen on: the DSN of an SDK is http://any@127.0.0.1:8969/1.'),
  key: z
    .string()
    .regex(/^[\w-]{1,128}$/, 'letters, digits, `_` and `-`, at most 128')
    .nullable()
    .default(null)
    .describe('The public key that a DSN must name; null takes any. It is no secret: pages show it.'),
  origins: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Origins whose pages may send, such as https://staging.example.com, beside those of this machine.',
    ),
  maxBodyMb: z
    .number()
    .positive()
    .max(100)
    .default(20)
    .describe('Largest envelope in MB, as sent and decompressed.'),
});

export type SentryOptions = z.output<typeof sentrySourceSchema>;
