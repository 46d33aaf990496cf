import { z } from 'zod';
import { contextView } from '../context-view.ts';
import { diagnosisView } from '../views.ts';
import { accepted, byId } from './fields.ts';

export const diagnosisRoutes = {
  analyze: {
    method: 'POST',
    path: '/api/v1/diagnosis/analyze',
    body: z.object({
      anomaly_id: z.string(),
      priority: z.enum(['low', 'normal', 'high']).default('normal'),
      offline: z.boolean().default(false),
    }),
    response: { 202: accepted.extend({ diagnosis_id: z.uuid() }) },
  },
  showDiagnosis: {
    method: 'GET',
    path: '/api/v1/diagnosis/:id',
    params: byId,
    response: { 200: diagnosisView },
  },
  prompt: {
    method: 'GET',
    path: '/api/v1/diagnosis/prompt',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: z.object({ system: z.string(), prompt: z.string(), goes_to: z.array(z.string()) }) },
  },
  /** What evidence a diagnosis would tell, and what not. */
  context: {
    method: 'GET',
    path: '/api/v1/diagnosis/context',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: contextView },
  },
} as const;
