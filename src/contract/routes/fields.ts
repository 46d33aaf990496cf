import { z } from 'zod';

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });
export const byId = z.object({ id: z.string().min(1).max(64) });
export const iso = z.iso.datetime({ offset: true });
export const limit = z.coerce.number().int().min(1).max(500).default(50);
/** What is answered to a wish that became a job. */
export const accepted = z.object({
  status: z.string(),
  job_id: z.uuid(),
  estimated_completion: z.iso.datetime(),
});
