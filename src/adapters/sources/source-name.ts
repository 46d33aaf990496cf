import { z } from 'zod';

/** The name of a configured source. */
export const sourceName = z
  .string()
  .regex(/^[\w.-]{1,64}$/, 'letters, digits, `_`, `.` and `-`, at most 64')
  .describe('How the source is called in anomalies and in status.');
