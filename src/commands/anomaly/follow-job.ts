import type { Client } from '../../client/client.ts';
import type { JobView } from '../../contract/system-views.ts';
import { ERRORS, type ErrorCode, VigilError } from '../../domain/errors.ts';
import { clean } from '../../tui/text.ts';
import type { Context } from '../context.ts';
import type { Progress } from './progress.ts';

const POLL_MS = 250;

/**
 * Waits for a job and tells its steps. Ctrl-C cancels the job.
 * @throws VigilError `cancelled`, or what the job failed with.
 */
export async function followJob(
  context: Context,
  client: Client,
  id: string,
  progress: Progress,
): Promise<JobView> {
  let cancelling = false;
  for (;;) {
    const job = await client.showJob({ id });
    if (isOver(job)) return finished(job);
    progress.step(clean(job.step));
    if (context.signal.aborted && !cancelling) {
      cancelling = true;
      progress.step('cancelling');
      await client.cancelJob({ id });
    }
    await context.program.clock.sleep(POLL_MS, cancelling ? undefined : context.signal);
  }
}

/** A job that is tried again is `queued` again. */
function isOver({ status }: JobView): boolean {
  switch (status) {
    case 'completed':
    case 'failed':
    case 'dead':
    case 'cancelled':
      return true;
    case 'queued':
    case 'processing':
      return false;
  }
}

function finished(job: JobView): JobView {
  if (job.status === 'cancelled') throw new VigilError('cancelled', { what: 'cancelled' });
  if (job.status === 'completed' || job.error === null) return job;
  if (!isCode(job.error.code)) throw new Error(job.error.message);
  throw new VigilError(job.error.code, { what: job.error.message });
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
