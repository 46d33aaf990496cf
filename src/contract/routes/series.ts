import { z } from 'zod';
import { rollupView } from '../system-views.ts';
import { iso } from './fields.ts';

export const seriesRoutes = {
  /** Hours of one series, for drawing: `series` as `GET /api/v1/series` names it. */
  rollups: {
    method: 'GET',
    path: '/api/v1/rollups',
    querystring: z.object({
      source: z.string().min(1),
      series: z.string().min(1),
      start_date: iso.optional(),
      end_date: iso.optional(),
    }),
    response: { 200: z.object({ points: z.array(rollupView) }) },
  },
  /** Series of a source that have hours. */
  series: {
    method: 'GET',
    path: '/api/v1/series',
    querystring: z.object({ source: z.string().min(1) }),
    response: { 200: z.object({ series: z.array(z.string()) }) },
  },
} as const;
