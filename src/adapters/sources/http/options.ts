import { z } from 'zod';

/** Options of an `http` source: the daemon's own ingest routes on a TCP port. */
export const httpSourceSchema = z.strictObject({
  type: z.literal('http'),
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'letters, digits, `_`, `.` and `-`, at most 64')
    .default('http')
    .describe('How the port is called in status. Events have the name of the source that they carry.'),
  host: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Address to listen on. Whoever reaches it may send events: anything but loopback is your network.',
    ),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(4319)
    .describe('Port for POST /api/v1/events and POST /api/v1/anomalies/detect.'),
});
