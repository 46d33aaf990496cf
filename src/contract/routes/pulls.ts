import { z } from 'zod';
import { pullView } from '../views.ts';
import { accepted, limit, page } from './fields.ts';

export const pullRoutes = {
  createPull: {
    method: 'POST',
    path: '/api/v1/github/create-pr',
    body: z.object({
      fix_id: z.string(),
      repository: z.string().optional(),
      base_branch: z.string().optional(),
      reviewers: z.array(z.string()).default([]),
    }),
    response: {
      201: z.object({ pr_id: z.uuid(), github_pr_number: z.number().int(), github_pr_url: z.string() }),
      202: accepted.extend({ pr_id: z.uuid() }),
    },
  },
  listPulls: {
    method: 'GET',
    path: '/api/v1/github/prs',
    querystring: z.object({
      status: pullView.shape.status.optional(),
      repository: z.string().optional(),
      after: z.string().optional(),
      limit,
    }),
    response: { 200: page(pullView) },
  },
} as const;
