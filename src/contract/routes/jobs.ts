import { jobView } from '../system-views.ts';
import { byId } from './fields.ts';

export const jobRoutes = {
  showJob: { method: 'GET', path: '/api/v1/jobs/:id', params: byId, response: { 200: jobView } },
  cancelJob: { method: 'POST', path: '/api/v1/jobs/:id/cancel', params: byId, response: { 202: jobView } },
} as const;
