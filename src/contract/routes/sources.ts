import { z } from 'zod';

export const sourceRoutes = {
  /** Attaches a journal (the output of a wrapped command, or stdin) as a source until it ends. */
  attachJournal: {
    method: 'POST',
    path: '/api/v1/sources',
    body: z.object({ name: z.string().regex(/^[\w.-]{1,64}$/), journal: z.string() }),
    response: { 201: z.object({ name: z.string() }) },
  },
} as const;
