import { z } from 'zod';
import { statusView } from '../system-views.ts';

export const systemRoutes = {
  status: { method: 'GET', path: '/api/v1/status', response: { 200: statusView } },
  stop: {
    method: 'POST',
    path: '/api/v1/stop',
    response: { 202: z.object({ status: z.literal('stopping') }) },
  },
  /** `text/event-stream` of `changeView`; a `status` about once a second while someone listens. */
  stream: { method: 'GET', path: '/api/v1/stream', response: {} },
  live: { method: 'GET', path: '/health/live', response: { 200: z.object({ status: z.literal('ok') }) } },
  ready: {
    method: 'GET',
    path: '/health/ready',
    response: {
      200: z.object({ status: z.literal('ready'), version: z.string() }),
      503: z.object({ status: z.literal('starting'), version: z.string() }),
    },
  },
  metrics: { method: 'GET', path: '/metrics', response: {} },
} as const;
