import { isoOf } from '../../contract/iso.ts';
import { type Anomaly, type AnomalyStatus, mayMove } from '../../domain/anomaly.ts';
import { VigilError } from '../../domain/errors.ts';
import { shortId } from '../../domain/ids.ts';
import type { Job, JobKind } from '../../domain/job.ts';

/** What a job of a kind usually needs, generously. */
const USUAL_MS: Readonly<Record<JobKind, number>> = { diagnose: 60_000, fix: 300_000, 'open-pr': 30_000 };

/** The part that every 202 answers. */
export function accepted(job: Job) {
  return {
    status: job.status,
    job_id: job.id,
    estimated_completion: isoOf(job.createdAt + USUAL_MS[job.kind]),
  };
}

/**
 * Says now what a job would only find out later. An undiagnosed anomaly may be fixed: it is diagnosed first.
 * @throws VigilError `illegal_move`.
 */
export function requireWorkable(anomaly: Anomaly, to: Extract<AnomalyStatus, 'diagnosing' | 'fixing'>): void {
  const { status } = anomaly;
  if (status === to || mayMove(status, to) || mayMove(status, 'diagnosing') || status === 'diagnosing')
    return;
  throw new VigilError('illegal_move', {
    what: `anomaly ${shortId(anomaly.id)} is ${status.replace('_', ' ')}, there is nothing left to do for it`,
  });
}
