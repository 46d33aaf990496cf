import type { Anomaly } from '../domain/anomaly.ts';
import { freshId } from '../domain/ids.ts';
import type { Job, JobKind, JobOptions } from '../domain/job.ts';
import { nextJob } from '../domain/policy.ts';
import type { WorkflowPorts } from './ports.ts';

export type PutPorts = Pick<WorkflowPorts, 'store' | 'queue' | 'bus' | 'clock'>;

export interface Wanted {
  /** The anomaly's id. */
  readonly subject: string;
  readonly kind: JobKind;
  readonly options: JobOptions;
  /** Where the result is known to be an existing thing, its id; else null for a new one. */
  readonly resultId: string | null;
}

/** What automation asks for. */
export const PLAIN: JobOptions = { offline: false, engine: null, openPr: false, reviewers: [] };

/** Puts a job, or answers the one that already waits or runs for the same subject: asking twice is harmless. */
export async function putJob(wanted: Wanted, ports: PutPorts): Promise<Job> {
  const active = await ports.store.activeJob(wanted.subject, wanted.kind);
  if (active !== null) return active.status === 'queued' ? madeDue(active, wanted, ports) : active;
  const job = newJob(wanted, ports.clock.now(), null);
  if (!(await ports.store.saveJob(job, null))) {
    // Somebody put the same one between the two calls.
    return (await ports.store.activeJob(wanted.subject, wanted.kind)) ?? job;
  }
  await ports.queue.push(job.id);
  ports.bus.publish({ kind: 'job', job });
  return job;
}

/** Puts a job for a later time, unless one waits or runs already. The sweep takes it up when it is due. */
export async function putLater(wanted: Wanted, notBefore: number, ports: PutPorts): Promise<void> {
  await ports.store.saveJob(newJob(wanted, ports.clock.now(), notBefore), null);
}

/** A job that waits for a later time is done now, as it is asked for now. */
async function madeDue(job: Job, wanted: Wanted, ports: PutPorts): Promise<Job> {
  if (typeof job.notBefore !== 'number') return job;
  const due = { ...job, options: wanted.options, notBefore: null, updatedAt: ports.clock.now() };
  if (!(await ports.store.saveJob(due, 'queued'))) return (await ports.store.job(job.id)) ?? job;
  await ports.queue.push(due.id);
  ports.bus.publish({ kind: 'job', job: due });
  return due;
}

/**
 * Puts what follows by itself. Automation never repeats a kind of job that ended without success for this anomaly:
 * from there on a person decides (and nobody's credits are spent in a loop).
 */
export async function follow(
  anomaly: Anomaly,
  ports: PutPorts & Pick<WorkflowPorts, 'automation'>,
): Promise<Job | null> {
  const kind = nextJob(anomaly, ports.automation);
  if (kind === null) return null;
  const before = await ports.store.latestJob(anomaly.id, kind);
  if (before !== null && GAVE_UP.includes(before.status)) return null;
  return putJob({ subject: anomaly.id, kind, options: PLAIN, resultId: null }, ports);
}

const GAVE_UP: readonly Job['status'][] = ['failed', 'dead', 'cancelled'];

function newJob(wanted: Wanted, now: number, notBefore: number | null): Job {
  return {
    id: freshId(),
    kind: wanted.kind,
    subject: wanted.subject,
    resultId: wanted.resultId ?? freshId(),
    options: wanted.options,
    status: 'queued',
    attempts: 0,
    progress: 0,
    step: 'waiting',
    error: null,
    createdAt: now,
    notBefore,
    updatedAt: now,
  };
}
