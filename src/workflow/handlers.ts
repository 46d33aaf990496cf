import type { Job, JobKind } from '../domain/job.ts';
import { diagnoseJob } from './diagnose-job.ts';
import { fixJob } from './fix-job.ts';
import { openPullJob } from './open-pr-job.ts';
import type { Run, WorkflowPorts } from './ports.ts';

/** Does one job: moves its anomaly, keeps the result, puts what follows. Throws what ended it otherwise. */
export type Handler = (job: Job, ports: WorkflowPorts, run: Run) => Promise<void>;

export const handlers: Readonly<Record<JobKind, Handler>> = {
  diagnose: diagnoseJob,
  fix: fixJob,
  'open-pr': openPullJob,
};
