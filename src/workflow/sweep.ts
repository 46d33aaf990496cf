import type { Anomaly, AnomalyState, AnomalyStatus } from '../domain/anomaly.ts';
import type { Job, JobKind } from '../domain/job.ts';
import type { Automation } from '../domain/policy.ts';
import { MAX_ATTEMPTS } from './failure.ts';
import { diagnosisIdOf, moveBack } from './moves.ts';
import type { WorkflowPorts } from './ports.ts';
import { follow } from './put-job.ts';
import type { Worker } from './worker.ts';

const MANY = 1_000;
const EVERY_MS = 60_000;

/** Sweeps at once and then every minute, until `signal` aborts. A sweep that fails is logged and tried again. */
export async function keepSweeping(ports: WorkflowPorts, worker: Worker, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await sweep(ports, worker);
    } catch (error) {
      // The store is away: nothing is lost, the next sweep sees the same.
      ports.log.warn({ err: error }, 'sweep failed');
    }
    await ports.clock.sleep(EVERY_MS, signal);
  }
}

/**
 * The store is the truth, the queue a hint. Jobs that a dead daemon left `processing` wait again, jobs whose hint was
 * lost are pushed again, and every unfinished anomaly gets the job that follows by itself. One daemon a workspace: what
 * this worker does not hold, nobody does.
 */
export async function sweep(ports: WorkflowPorts, worker: Pick<Worker, 'holds'>): Promise<void> {
  for (const job of await ports.store.jobs(['processing', 'queued'], MANY)) {
    if (worker.holds(job.id)) continue;
    const now = ports.clock.now();
    if (job.status === 'queued' && (job.notBefore ?? 0) > now) continue;
    if (job.status === 'processing' && !(await ports.store.saveJob(takenBack(job, now), 'processing')))
      continue;
    if (job.status === 'queued' || job.attempts < MAX_ATTEMPTS) await ports.queue.push(job.id);
  }
  for (const anomaly of await ports.store.unfinished(LOOK_AT[ports.automation], MANY)) {
    await takeUp(anomaly, ports);
  }
}

/** Statuses from which automation goes on; the two in-between ones are always looked at. */
const LOOK_AT: Readonly<Record<Automation, readonly AnomalyStatus[]>> = {
  observe: ['diagnosing', 'fixing'],
  diagnose: ['diagnosing', 'fixing', 'detected'],
  stage: ['diagnosing', 'fixing', 'detected', 'diagnosed'],
  'open-pr': ['diagnosing', 'fixing', 'detected', 'diagnosed', 'fix_ready'],
};

/** What was tried often enough may be what kills the daemon: it is given up. */
function takenBack(job: Job, updatedAt: number): Job {
  if (job.attempts < MAX_ATTEMPTS)
    return { ...job, status: 'queued', progress: 0, step: 'waiting', updatedAt };
  const error = { code: 'bug', message: `the daemon ended ${job.attempts} times while it ran` } as const;
  return { ...job, status: 'dead', step: 'ended', error, updatedAt };
}

/** In this order: nobody works on it, and it still stands there; else a job that ends just now would be put twice. */
async function takeUp(listed: Anomaly, ports: WorkflowPorts): Promise<void> {
  if (await isWorkedOn(listed, ports)) return;
  const anomaly = await ports.store.anomaly(listed.id);
  if (anomaly === null || anomaly.status !== listed.status || (await follow(anomaly, ports)) !== null) return;
  const back = backFrom(anomaly);
  if (back !== null) await moveBack(anomaly, back, ports);
}

async function isWorkedOn(anomaly: Anomaly, ports: WorkflowPorts): Promise<boolean> {
  const kinds: readonly JobKind[] = ['diagnose', 'fix', 'open-pr'];
  const active = await Promise.all(kinds.map((kind) => ports.store.activeJob(anomaly.id, kind)));
  return active.some((job) => job !== null);
}

/** Where an anomaly belongs that stands in between while nobody works on it. */
function backFrom(anomaly: Anomaly): AnomalyState | null {
  const diagnosisId = diagnosisIdOf(anomaly);
  if (anomaly.status === 'diagnosing') return { status: 'detected' };
  if (anomaly.status === 'fixing' && diagnosisId !== null) return { status: 'diagnosed', diagnosisId };
  return null;
}
