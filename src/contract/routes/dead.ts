import { z } from 'zod';
import { deadView } from '../system-views.ts';
import { byId, limit, page } from './fields.ts';

export const deadRoutes = {
  /** Records that could not be read, newest first. */
  listDead: {
    method: 'GET',
    path: '/api/v1/dead',
    querystring: z.object({ source: z.string().optional(), after: z.string().optional(), limit }),
    response: { 200: page(deadView) },
  },
  showDead: { method: 'GET', path: '/api/v1/dead/:id', params: byId, response: { 200: deadView } },
  /** Reads it once more. What fails again is a new dead letter. */
  retryDead: {
    method: 'POST',
    path: '/api/v1/dead/:id/retry',
    params: byId,
    response: { 200: z.object({ status: z.enum(['read', 'failed_again']) }) },
  },
  dropDead: {
    method: 'DELETE',
    path: '/api/v1/dead/:id',
    params: byId,
    response: { 200: z.object({ status: z.literal('dropped') }) },
  },
} as const;
