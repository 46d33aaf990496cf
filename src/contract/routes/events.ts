import { z } from 'zod';
import { iso } from './fields.ts';

/** Its inbox on the disk is named by it, percent-encoded: file names have at most 255 bytes. */
const sourceName = z
  .string()
  .regex(/^\P{C}+$/u, 'no control characters')
  .max(64)
  .refine((name) => !/^\P{C}+$/u.test(name) || encodeURIComponent(name).length <= 192, 'too long');

const eventIn = z.object({
  timestamp: iso.optional(),
  source: sourceName,
  type: z.enum(['metric', 'log', 'error']),
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.string()).default({}),
});

export const eventRoutes = {
  detect: {
    method: 'POST',
    path: '/api/v1/anomalies/detect',
    body: z.object({ events: z.array(eventIn).min(1).max(1000) }),
    response: {
      200: z.object({
        results: z.array(
          z.object({
            event_id: z.uuid(),
            is_anomaly: z.boolean(),
            confidence: z.number().min(0).max(1),
            anomaly_id: z.uuid().nullable(),
          }),
        ),
      }),
    },
  },
  /**
   * Takes events in: as `{events: [...]}`, as an array, or as NDJSON. They are durable before the answer, and judged soon
   * after. 429 with Retry-After when too many wait.
   */
  ingest: {
    method: 'POST',
    path: '/api/v1/events',
    body: z.object({ events: z.array(eventIn).min(1).max(10_000) }),
    response: { 202: z.object({ accepted: z.number().int() }) },
  },
} as const;
