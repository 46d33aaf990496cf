import type { Client } from '../../client/client.ts';
import { VigilError } from '../../domain/errors.ts';
import { shortId } from '../../domain/ids.ts';
import type { Context } from '../context.ts';
import { followJob } from './follow-job.ts';
import { createProgress } from './progress.ts';

/** `vigilai fix <id> --cancel`: stops the agent or the proof of a running fix, and waits until all of it is gone. */
export async function cancelFix(context: Context, client: Client, id: string): Promise<number> {
  const anomaly = await client.showAnomaly({ id });
  const { jobs_active } = await client.status();
  const job = jobs_active.find(({ kind, subject }) => kind === 'fix' && subject === anomaly.id);
  if (job === undefined) {
    throw new VigilError('nothing_to_fix', { what: `no fix of anomaly ${shortId(anomaly.id)} is running` });
  }
  await client.cancelJob({ id: job.job_id });
  const progress = await createProgress(context);
  await followJob(context, client, job.job_id, progress)
    .catch(unlessCancelled)
    .finally(() => progress.end());
  context.print.data({ cancelled: job.job_id });
  context.print.line(`the fix of anomaly ${shortId(anomaly.id)} was stopped`);
  return 0;
}

function unlessCancelled(error: unknown): void {
  if (!(error instanceof VigilError && error.code === 'cancelled')) throw error;
}
