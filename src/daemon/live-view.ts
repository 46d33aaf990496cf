import { isOpen } from '../domain/anomaly.ts';
import type { Job } from '../domain/job.ts';
import type { Bus, Change } from '../ports/bus.ts';
import type { Store } from '../ports/store.ts';

const MANY = 10_000;

/** What is open and being worked on right now, kept up by listening; so `status` costs no query. */
export interface LiveView {
  /** The same bus, listened to. Publish through this one. */
  readonly bus: Bus;
  openAnomalies(): number;
  activeJobs(): readonly Job[];
  /** Records that are set aside. */
  deadLetters(): number;
  /** Counts them again, after some came or went. */
  countDead(): Promise<void>;
  /** A job that waits or runs, with its newest progress; null when it does neither. */
  job(id: string): Job | null;
}

export async function createLiveView(bus: Bus, store: Store): Promise<LiveView> {
  const open = new Set<string>();
  const jobs = new Map<string, Job>();
  const see = (change: Change) => {
    if (change.kind === 'anomaly') {
      if (isOpen(change.anomaly)) open.add(change.anomaly.id);
      else open.delete(change.anomaly.id);
    } else if (isActive(change.job)) jobs.set(change.job.id, change.job);
    else jobs.delete(change.job.id);
  };
  const statuses = [
    'detected',
    'diagnosing',
    'diagnosed',
    'fixing',
    'fix_ready',
    'pr_created',
    'failed',
  ] as const;
  for (const anomaly of await store.unfinished(statuses, MANY)) open.add(anomaly.id);
  for (const job of await store.jobs(['queued', 'processing'], MANY)) jobs.set(job.id, job);
  let dead = await store.deadCount();
  return {
    bus: {
      publish(change) {
        see(change);
        bus.publish(change);
      },
      subscribe: (signal) => bus.subscribe(signal),
    },
    openAnomalies: () => open.size,
    activeJobs: () => [...jobs.values()],
    deadLetters: () => dead,
    async countDead() {
      dead = await store.deadCount();
    },
    job: (id) => jobs.get(id) ?? null,
  };
}

export function isActive(job: Job): boolean {
  return job.status === 'queued' || job.status === 'processing';
}
