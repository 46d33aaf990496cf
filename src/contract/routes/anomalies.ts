import { z } from 'zod';
import { anomalyDetailView, anomalyStatusView, anomalyView } from '../views.ts';
import { byId, iso, limit, page } from './fields.ts';

export const anomalyRoutes = {
  listAnomalies: {
    method: 'GET',
    path: '/api/v1/anomalies',
    querystring: z.object({
      status: anomalyStatusView.optional(),
      start_date: iso.optional(),
      end_date: iso.optional(),
      confidence_min: z.coerce.number().min(0).max(1).optional(),
      source: z.string().optional(),
      after: z.string().optional(),
      limit,
    }),
    response: { 200: page(anomalyView) },
  },
  showAnomaly: {
    method: 'GET',
    path: '/api/v1/anomalies/:id',
    params: byId,
    response: { 200: anomalyDetailView },
  },
  closeAnomaly: {
    method: 'POST',
    path: '/api/v1/anomalies/:id/close',
    params: byId,
    body: z.object({ as: z.enum(['resolved', 'false_positive']) }),
    response: { 200: anomalyView },
  },
  /** For so many minutes it is not told again unless it is clearly worse; 0 ends that. */
  muteAnomaly: {
    method: 'POST',
    path: '/api/v1/anomalies/:id/mute',
    params: byId,
    body: z.object({ minutes: z.number().min(0).max(525_600) }),
    response: { 200: anomalyView },
  },
} as const;
