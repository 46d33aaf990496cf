import { z } from 'zod';
import { fixView, planView } from '../views.ts';
import { accepted, byId } from './fields.ts';

export const codeRoutes = {
  generate: {
    method: 'POST',
    path: '/api/v1/code/generate',
    body: z.object({
      /** One of the two; `anomaly_id` takes its newest diagnosis, and diagnoses first where there is none. */
      diagnosis_id: z.string().optional(),
      anomaly_id: z.string().optional(),
      repository: z.string().optional(),
      target_branch: z.string().optional(),
      engine: z.string().optional(),
      open_pr: z.boolean().default(false),
      reviewers: z.array(z.string()).default([]),
    }),
    response: { 202: accepted.extend({ fix_id: z.uuid() }) },
  },
  plan: {
    method: 'GET',
    path: '/api/v1/code/plan',
    querystring: z.object({ anomaly_id: z.string() }),
    response: { 200: planView },
  },
  showFix: { method: 'GET', path: '/api/v1/code/fixes/:id', params: byId, response: { 200: fixView } },
} as const;
