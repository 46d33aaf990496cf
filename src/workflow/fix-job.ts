import type { FixBudget, FixPorts } from '../codegen/apply.ts';
import type { Anomaly } from '../domain/anomaly.ts';
import { exceededCap } from '../domain/budget.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import type { Fix, FixPlan } from '../domain/fix.ts';
import { derivedId, shortId } from '../domain/ids.ts';
import type { Job } from '../domain/job.ts';
import { type Diagnosed, diagnoseAnomaly, startOfDay } from './diagnose-job.ts';
import { diagnosisIdOf, moveBack, moveTo, requireAnomaly } from './moves.ts';
import type { Run, WorkflowPorts } from './ports.ts';
import { follow, PLAIN, putJob } from './put-job.ts';

/** Plan, apply, keep; then `fix_ready`. Any other end leaves the anomaly diagnosed and says why. */
export async function fixJob(job: Job, ports: WorkflowPorts, run: Run): Promise<void> {
  const ready = await diagnosedFirst(job, ports, run);
  const fixing = await beginFixing(ready, ports);
  try {
    const plan = await planOf({ ...ready, anomaly: fixing }, ports);
    const fix = await ports.crafts.applyFix(plan, await fixPorts(job, ports, run), run.signal);
    await ports.store.saveFix(fix);
    requireProven(fix);
    const state = { status: 'fix_ready', diagnosisId: ready.diagnosis.id, fixId: fix.id } as const;
    await goOn(await moveTo(fixing, state, ports), job, ports);
  } catch (error) {
    await moveBack(fixing, { status: 'diagnosed', diagnosisId: ready.diagnosis.id }, ports);
    throw error;
  }
}

/** An anomaly without a diagnosis gets one first, under an id that a second try finds again. */
async function diagnosedFirst(job: Job, ports: WorkflowPorts, run: Run): Promise<Diagnosed> {
  const anomaly = await requireAnomaly(job.subject, ports);
  const diagnosis = await diagnosisOf(anomaly, ports);
  if (diagnosis !== null && anomaly.status !== 'diagnosing') return { anomaly, diagnosis };
  const want = { id: derivedId('diagnosis', job.id), offline: job.options.offline };
  return diagnoseAnomaly(anomaly, want, ports, run);
}

async function diagnosisOf(anomaly: Anomaly, ports: WorkflowPorts): Promise<Diagnosis | null> {
  const id = diagnosisIdOf(anomaly);
  return id === null ? null : ports.store.diagnosis(id);
}

/** What a killed daemon left `fixing` goes on from there. */
async function beginFixing({ anomaly, diagnosis }: Diagnosed, ports: WorkflowPorts): Promise<Anomaly> {
  if (anomaly.status === 'fixing') return anomaly;
  return moveTo(anomaly, { status: 'fixing', diagnosisId: diagnosis.id }, ports);
}

/**
 * The plan for a diagnosed anomaly, as `fix --dry-run` prints it.
 * @throws VigilError `no_repository`, `no_commits`, `nothing_to_fix`.
 */
async function planOf({ anomaly, diagnosis }: Diagnosed, ports: WorkflowPorts): Promise<FixPlan> {
  const repository = await ports.repository();
  if (repository === null) {
    throw new VigilError('no_repository', { what: 'a fix needs a git repository, and this folder is none' });
  }
  const commit = await repository.head();
  if (commit === null) throw new VigilError('no_commits', { what: 'the repository has no commits yet' });
  const branch = (await repository.defaultBranch()) ?? (await repository.branch()) ?? 'main';
  return ports.crafts.planFix({
    anomaly,
    diagnosis,
    base: { commit, branch },
    rules: ports.fixRules,
    briefTemplate: await ports.templates.text('brief.md'),
  });
}

/** @throws VigilError `nothing_to_fix` when it has not been diagnosed. */
export async function previewPlan(anomaly: Anomaly, ports: WorkflowPorts): Promise<FixPlan> {
  const diagnosis = await diagnosisOf(anomaly, ports);
  if (diagnosis !== null) return planOf({ anomaly, diagnosis }, ports);
  throw new VigilError('nothing_to_fix', {
    what: `anomaly ${shortId(anomaly.id)} has no diagnosis to plan from`,
    hint: `Run \`vigilai diagnose ${shortId(anomaly.id)}\` first.`,
  });
}

async function fixPorts(job: Job, ports: WorkflowPorts, run: Run): Promise<FixPorts> {
  const { workspaces, toolchains, parser, artefacts, clock, sandboxName } = ports;
  return {
    fixId: job.resultId,
    workspaces,
    agent: await ports.agent(job.options.engine),
    toolchains,
    parser,
    artefacts,
    clock,
    budget: budgetOf(job.subject, ports),
    sandboxName,
    reportTemplate: await ports.templates.text('fix-report.md'),
    onProgress: run.progress,
  };
}

function budgetOf(anomalyId: string, ports: WorkflowPorts): FixBudget {
  const { store, clock, caps } = ports;
  return {
    exhausted: async () => exceededCap(caps, await store.spent(anomalyId, startOfDay(clock.now()))),
    spend: (dollars) => store.spend(anomalyId, dollars, clock.now()),
  };
}

/** Every end that is no proof is an error with its own exit code. */
function requireProven(fix: Fix): void {
  const { outcome } = fix;
  const what = `no fix for anomaly ${shortId(fix.anomalyId)}`;
  switch (outcome.end) {
    case 'proven':
      return;
    case 'not_proven':
      throw new VigilError('not_proven', {
        what: 'a fix was made, but its proof failed',
        why: outcome.reason,
      });
    case 'no_change':
      throw new VigilError('nothing_to_fix', { what, why: outcome.reason });
    case 'refused':
      throw new VigilError('refused', { what: 'the change of the agent was refused', why: outcome.reason });
    case 'agent_failed':
      throw new VigilError('agent_failed', { what: `${fix.engine} did not finish`, why: outcome.reason });
    case 'cancelled':
      throw new VigilError('cancelled', { what: 'the fix was cancelled' });
    case 'budget':
      throw new VigilError('budget_spent', { what, why: 'the budget is spent' });
  }
}

async function goOn(ready: Anomaly, job: Job, ports: WorkflowPorts): Promise<void> {
  if (!job.options.openPr) {
    await follow(ready, ports);
    return;
  }
  const options = { ...PLAIN, reviewers: job.options.reviewers };
  await putJob({ subject: ready.id, kind: 'open-pr', options, resultId: null }, ports);
}
