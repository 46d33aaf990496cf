import type { Job } from '../../domain/job.ts';
import type { Change } from '../../ports/bus.ts';
import type { WorkflowPorts } from '../../workflow/ports.ts';
import { isActive } from '../live-view.ts';

/** The job as it ended, or null when it has not within `ms`. */
export async function waitForJob(
  id: string,
  ms: number,
  { bus, store, clock }: Pick<WorkflowPorts, 'bus' | 'store' | 'clock'>,
): Promise<Job | null> {
  const over = new AbortController();
  // Listening first: it may end between the two.
  const told = endOf(id, bus.subscribe(over.signal));
  const timeout = clock.sleep(ms, over.signal).then(() => null);
  try {
    const now = await store.job(id);
    return now !== null && !isActive(now) ? now : await Promise.race([told, timeout]);
  } finally {
    over.abort();
    await told;
  }
}

async function endOf(id: string, changes: AsyncIterable<Change>): Promise<Job | null> {
  for await (const change of changes) {
    if (change.kind === 'job' && change.job.id === id && !isActive(change.job)) return change.job;
  }
  return null;
}
