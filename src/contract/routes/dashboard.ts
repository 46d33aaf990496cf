import { z } from 'zod';
import { iso } from './fields.ts';

export const dashboardRoutes = {
  dashboard: {
    method: 'GET',
    path: '/api/v1/dashboard/metrics',
    response: {
      200: z.object({
        total_anomalies: z.number().int(),
        total_diagnoses: z.number().int(),
        total_fixes: z.number().int(),
        total_prs: z.number().int(),
        /** Null until a fix has been merged. */
        average_mttr_seconds: z.number().nullable(),
        fix_success_rate: z.number().nullable(),
      }),
    },
  },
  /** Anomalies by the hour or day in which they were first seen (UTC), oldest first; none is left out. */
  trends: {
    method: 'GET',
    path: '/api/v1/dashboard/trends',
    querystring: z.object({
      start_date: iso.optional(),
      end_date: iso.optional(),
      granularity: z.enum(['hour', 'day']).default('day'),
    }),
    response: {
      200: z.object({
        granularity: z.enum(['hour', 'day']),
        points: z.array(
          z.object({ time: z.iso.datetime(), anomalies: z.number().int(), occurrences: z.number().int() }),
        ),
      }),
    },
  },
} as const;
