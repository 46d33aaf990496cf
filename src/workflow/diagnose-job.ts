import type { DiagnosisPorts } from '../diagnosis/diagnose.ts';
import type { Anomaly, AnomalyState } from '../domain/anomaly.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Job } from '../domain/job.ts';
import { redact } from '../domain/redact.ts';
import { reasonOf, triesAgain } from './failure.ts';
import { diagnosisIdOf, moveBack, moveTo, requireAnomaly } from './moves.ts';
import type { Run, WorkflowPorts } from './ports.ts';
import { follow, PLAIN } from './put-job.ts';
import { storedSurroundings } from './surroundings.ts';

const DAY_MS = 86_400_000;

/** When models are asked again that did not answer: after ten minutes, then after twice as long, for a day or two. */
const AGAIN_MS = 10 * 60_000;

/**
 * Finds the cause of an anomaly, keeps it, and puts what follows by itself. Where no model answered, the offline result
 * stands, and the same is put again for later.
 */
export async function diagnoseJob(job: Job, ports: WorkflowPorts, run: Run): Promise<void> {
  const anomaly = await requireAnomaly(job.subject, ports);
  const waited = typeof job.notBefore === 'number' ? job.notBefore - job.createdAt : 0;
  if (waited > 0 && !(await lacksAnswer(anomaly, ports))) return;
  const want = { id: job.resultId, offline: job.options.offline };
  const { anomaly: diagnosed, diagnosis } = await diagnoseAnomaly(anomaly, want, ports, run);
  await follow(diagnosed, ports);
  const pause = Math.max(AGAIN_MS, 2 * waited);
  if (diagnosis.unanswered && pause <= DAY_MS) {
    const wanted = { subject: anomaly.id, kind: 'diagnose' as const, options: PLAIN, resultId: null };
    run.later(wanted, ports.clock.now() + pause);
  }
}

/** Nothing has become of it since the models did not answer. */
async function lacksAnswer(anomaly: Anomaly, { store }: WorkflowPorts): Promise<boolean> {
  if (anomaly.status !== 'diagnosed') return false;
  return (await store.diagnosis(anomaly.diagnosisId))?.unanswered === true;
}

export interface Diagnosed {
  readonly anomaly: Anomaly;
  readonly diagnosis: Diagnosis;
}

/** detected -> diagnosing -> diagnosed; back to where it was when it fails, `failed` when nobody will try again. */
export async function diagnoseAnomaly(
  anomaly: Anomaly,
  want: { readonly id: string; readonly offline: boolean },
  ports: WorkflowPorts,
  run: Run,
): Promise<Diagnosed> {
  const began =
    anomaly.status === 'diagnosing' ? anomaly : await moveTo(anomaly, { status: 'diagnosing' }, ports);
  run.progress('looking for the cause', 0.1);
  try {
    const from = await diagnosisPorts(anomaly.id, ports);
    const diagnosis = await ports.crafts.diagnose(began, from, {
      ...want,
      signal: run.signal,
      progress: (step) => run.progress(step, 0.5),
    });
    run.signal.throwIfAborted();
    await ports.store.saveDiagnosis(diagnosis);
    const diagnosed = await moveTo(began, { status: 'diagnosed', diagnosisId: diagnosis.id }, ports);
    return { anomaly: diagnosed, diagnosis };
  } catch (error) {
    await moveBack(began, afterFailure(anomaly, error, run), ports);
    throw error;
  }
}

function afterFailure(anomaly: Anomaly, error: unknown, run: Run): AnomalyState {
  const diagnosisId = diagnosisIdOf(anomaly);
  if (run.signal.aborted || triesAgain('diagnose', error, run.last)) {
    return diagnosisId === null ? { status: 'detected' } : { status: 'diagnosed', diagnosisId };
  }
  return { status: 'failed', stage: 'diagnose', diagnosisId, reason: redact(reasonOf(error)) };
}

/** What `diagnosis` asks of the world, for one anomaly: the budget is counted per anomaly and per day (UTC). */
export async function diagnosisPorts(anomalyId: string, ports: WorkflowPorts): Promise<DiagnosisPorts> {
  const { store, clock, caps, model, verifier, patterns, contextTokens } = ports;
  return {
    repository: await ports.repository(),
    syntax: ports.syntax,
    model,
    verifier,
    patterns,
    clock,
    surroundings: storedSurroundings(store),
    contextTokens,
    budget: {
      caps,
      spent: () => store.spent(anomalyId, startOfDay(clock.now())),
      spend: (dollars: number) => store.spend(anomalyId, dollars, clock.now()),
    },
  };
}

/** Midnight, UTC. */
export function startOfDay(at: number): number {
  return at - (at % DAY_MS);
}
