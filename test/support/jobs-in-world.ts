import { VigilError } from '../../src/domain/errors.ts';
import type { JobKind } from '../../src/domain/job.ts';
import { handlers } from '../../src/workflow/handlers.ts';
import type { Run, WorkflowPorts } from '../../src/workflow/ports.ts';
import { PLAIN, putJob } from '../../src/workflow/put-job.ts';
import { factsFor } from './nouns.ts';
import { progressOf } from './progress.ts';

const RUN: Run = {
  signal: new AbortController().signal,
  last: false,
  progress: () => undefined,
  later: () => undefined,
};

/** Keeps a new anomaly of this fingerprint; its id. */
export async function noticed(fingerprint: string, { store, clock }: WorkflowPorts): Promise<string> {
  const facts = factsFor(fingerprint);
  const sightings = [{ kind: 'opened', facts }] as const;
  await store.commit(progressOf({ sightings, events: 1, at: clock.now() }));
  return facts.id;
}

/** Puts the job and does it; the code of the error that it ends with, null where it ends well. */
export async function endOf(kind: JobKind, subject: string, ports: WorkflowPorts): Promise<string | null> {
  const job = await putJob({ subject, kind, options: PLAIN, resultId: null }, ports);
  try {
    await handlers[kind](job, ports, RUN);
    return null;
  } catch (error) {
    if (error instanceof VigilError) return error.code;
    throw error;
  }
}
