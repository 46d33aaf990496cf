import { z } from 'zod';
import { sourceName } from '../source-name.ts';
import { sourceSensitivity } from '../source-sensitivity.ts';

/** Options of one `otlp` source. */
export const otlpSourceSchema = z.strictObject({
  type: z.literal('otlp'),
  name: sourceName,
  sensitivity: sourceSensitivity,
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. Whoever reaches it may send: there is no password.'),
  port: z.number().int().min(0).max(65_535).default(4318).describe('Port to listen on; 0 for any free one.'),
  maxBodyBytes: z
    .number()
    .int()
    .min(1024)
    .max(256 * 1024 * 1024)
    .default(16 * 1024 * 1024)
    .describe('Largest request in bytes, as sent and unpacked; a larger one is answered 413.'),
  origins: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Origins of web pages that may send, such as https://shop.example, beside those of this machine.',
    ),
});

export type OtlpSourceOptions = z.output<typeof otlpSourceSchema>;
