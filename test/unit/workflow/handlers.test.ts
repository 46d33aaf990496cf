import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnomalyState } from '../../../src/domain/anomaly.ts';
import { VigilError } from '../../../src/domain/errors.ts';
import type { FixEnd } from '../../../src/domain/fix.ts';
import type { Job, JobKind } from '../../../src/domain/job.ts';
import { handlers } from '../../../src/workflow/handlers.ts';
import type { Run, WorkflowPorts } from '../../../src/workflow/ports.ts';
import { PLAIN, putJob } from '../../../src/workflow/put-job.ts';
import { createWorld, scriptedCrafts, type World } from '../../support/daemon-world.ts';
import { diagnosisFor, factsFor, fixFor } from '../../support/nouns.ts';
import { progressOf } from '../../support/progress.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const clock = virtualClock();
const { id } = factsFor('x is undefined');
let world: World;

beforeEach(async () => {
  world = await createWorld(clock);
  await world.store.commit(
    progressOf({
      sightings: [{ kind: 'opened', facts: factsFor('x is undefined') }],
      events: 1,
      at: clock.now(),
    }),
  );
});
afterEach(() => world.close());

function runOf(changes: Partial<Run> = {}): Run {
  return {
    signal: new AbortController().signal,
    last: false,
    progress: () => undefined,
    later: () => undefined,
    ...changes,
  };
}

async function jobOf(kind: JobKind, options: Partial<Job['options']> = {}): Promise<Job> {
  return putJob({ subject: id, kind, options: { ...PLAIN, ...options }, resultId: null }, world.work);
}

async function doIt(kind: JobKind, ports: Partial<WorkflowPorts> = {}, run = runOf()): Promise<Job> {
  const job = await jobOf(kind);
  await handlers[kind](job, { ...world.work, ...ports }, run);
  return job;
}

async function walk(...states: readonly AnomalyState[]): Promise<void> {
  let from = (await world.store.anomaly(id))?.status ?? 'detected';
  for (const state of states) {
    await world.store.moveAnomaly(id, from, state);
    from = state.status;
  }
}

async function diagnosed(): Promise<string> {
  const diagnosis = diagnosisFor(id);
  await world.store.saveDiagnosis(diagnosis);
  await walk({ status: 'diagnosing' }, { status: 'diagnosed', diagnosisId: diagnosis.id });
  return diagnosis.id;
}

async function fixed(end: FixEnd = { end: 'proven', commit: 'c'.repeat(40) }, sandbox = 'bubblewrap') {
  const diagnosisId = await diagnosed();
  const proven = fixFor(diagnosisFor(id));
  const proof = proven.proof === null ? null : { ...proven.proof, sandbox };
  const fix = { ...proven, outcome: end, proof };
  await world.store.saveFix(fix);
  await walk({ status: 'fixing', diagnosisId }, { status: 'fix_ready', diagnosisId, fixId: fix.id });
  return fix;
}

const anomaly = () => world.store.anomaly(id);

describe('diagnose', () => {
  it('moves the anomaly to diagnosed, keeps the diagnosis under the promised id and tells every step', async () => {
    const job = await doIt('diagnose');
    expect(await anomaly()).toMatchObject({ status: 'diagnosed', diagnosisId: job.resultId });
    expect(await world.store.diagnosis(job.resultId)).toMatchObject({ anomalyId: id });
    const moves = world.changes.flatMap((one) => (one.kind === 'anomaly' ? [one.anomaly.status] : []));
    expect(moves).toEqual(['diagnosing', 'diagnosed']);
  });

  it('counts the budget per anomaly and per day', async () => {
    await world.store.spend(id, 0.25, clock.now());
    const seen: unknown[] = [];
    const crafts = scriptedCrafts({
      async diagnose(one, ports, { id: diagnosisId }) {
        await ports.budget.spend(0.5);
        seen.push(await ports.budget.spent());
        return diagnosisFor(one.id, { id: diagnosisId });
      },
    });
    await doIt('diagnose', { crafts });
    expect(seen).toEqual([{ anomaly: 0.75, day: 0.75, workspace: 0.75 }]);
  });

  it('puts the fix after it when automation goes that far', async () => {
    await doIt('diagnose', { automation: 'stage' });
    expect(await world.store.activeJob(id, 'fix')).toMatchObject({ status: 'queued' });
  });

  it.each([
    ['goes back to detected when it will be tried again', runOf(), 'provider_failed', 'detected'],
    ['ends failed on the last try', runOf({ last: true }), 'provider_failed', 'failed'],
    ['ends failed when trying again would not help', runOf(), 'budget_spent', 'failed'],
  ] as const)('%s', async (_, run, code, status) => {
    const crafts = scriptedCrafts({ diagnose: () => Promise.reject(new VigilError(code, { what: 'no' })) });
    await expect(doIt('diagnose', { crafts }, run)).rejects.toMatchObject({ code });
    expect(await anomaly()).toMatchObject({ status });
  });

  it('keeps an earlier diagnosis when it is cancelled', async () => {
    const diagnosisId = await diagnosed();
    const stop = new AbortController();
    const crafts = scriptedCrafts({
      diagnose() {
        stop.abort();
        return Promise.reject(new VigilError('cancelled', { what: 'stopped' }));
      },
    });
    await expect(doIt('diagnose', { crafts }, runOf({ signal: stop.signal }))).rejects.toThrow('stopped');
    expect(await anomaly()).toMatchObject({ status: 'diagnosed', diagnosisId });
  });

  it('refuses an anomaly that is resolved', async () => {
    await walk({ status: 'resolved', at: 1 });
    await expect(doIt('diagnose')).rejects.toMatchObject({ code: 'illegal_move' });
  });
});

describe('fix', () => {
  it('keeps a proven fix and stops there', async () => {
    const diagnosisId = await diagnosed();
    const job = await doIt('fix');
    expect(await anomaly()).toMatchObject({ status: 'fix_ready', diagnosisId, fixId: job.resultId });
    expect(await world.store.fix(job.resultId)).toMatchObject({ outcome: { end: 'proven' } });
    expect(await world.store.activeJob(id, 'open-pr')).toBeNull();
  });

  it('diagnoses first when nobody has', async () => {
    await doIt('fix');
    expect(world.changes.flatMap((one) => (one.kind === 'anomaly' ? [one.anomaly.status] : []))).toEqual([
      'diagnosing',
      'diagnosed',
      'fixing',
      'fix_ready',
    ]);
  });

  it('goes on to the pull request when it was asked to', async () => {
    const job = await jobOf('fix', { openPr: true, reviewers: ['ann'] });
    await handlers.fix(job, world.work, runOf());
    expect(await world.store.activeJob(id, 'open-pr')).toMatchObject({ options: { reviewers: ['ann'] } });
  });

  it.each([
    [{ end: 'not_proven', reason: 'the new test passes on the base' }, 'not_proven', 7],
    [{ end: 'no_change', reason: 'the agent changed nothing' }, 'nothing_to_fix', 9],
    [{ end: 'refused', reason: 'it changed a lockfile' }, 'refused', 8],
    [{ end: 'agent_failed', reason: 'it exited' }, 'agent_failed', 5],
    [{ end: 'cancelled' }, 'cancelled', 130],
    [{ end: 'budget' }, 'budget_spent', 6],
  ] as const)('%o leaves it diagnosed, keeps the fix and says why', async (outcome, code, exit) => {
    const diagnosisId = await diagnosed();
    const crafts = scriptedCrafts({
      applyFix: async (_, ports) => fixFor(diagnosisFor(id), { id: ports.fixId, outcome }),
    });
    const job = await jobOf('fix');
    const done = handlers.fix(job, { ...world.work, crafts }, runOf());
    await expect(done).rejects.toMatchObject({ code, exit });
    expect(await anomaly()).toMatchObject({ status: 'diagnosed', diagnosisId });
    expect(await world.store.fix(job.resultId)).toMatchObject({ outcome });
  });

  it('says what is missing where there is no repository or no commit', async () => {
    await diagnosed();
    await expect(doIt('fix', { repository: async () => null })).rejects.toMatchObject({
      code: 'no_repository',
    });
    expect(await anomaly()).toMatchObject({ status: 'diagnosed' });
  });

  it('goes on from fixing after its daemon was killed', async () => {
    const diagnosisId = await diagnosed();
    await walk({ status: 'fixing', diagnosisId });
    await doIt('fix');
    expect(await anomaly()).toMatchObject({ status: 'fix_ready' });
  });
});

describe('open-pr', () => {
  it('proposes a proven fix and keeps the pull request', async () => {
    const fix = await fixed();
    const job = await doIt('open-pr');
    expect(world.pulls).toMatchObject([{ branch: fix.branch, base: 'main' }]);
    expect(await anomaly()).toMatchObject({ status: 'pr_created', pullRequestId: job.resultId });
    expect(await world.store.pull(job.resultId)).toMatchObject({ githubPrNumber: 7, status: 'open' });
  });

  it('updates the same pull request when it is done twice', async () => {
    await fixed();
    const first = await doIt('open-pr');
    await world.store.saveJob({ ...first, status: 'completed' }, 'queued');
    await doIt('open-pr');
    expect(await anomaly()).toMatchObject({ status: 'pr_created', pullRequestId: first.resultId });
    const all = await world.store.pulls({ status: null, repository: null, after: null, limit: 10 });
    expect(all.items).toHaveLength(1);
  });

  it('refuses to push what was made without a sandbox, unless that is accepted', async () => {
    await fixed(undefined, 'none');
    await expect(doIt('open-pr')).rejects.toMatchObject({ code: 'refused' });
    expect(world.pulls).toEqual([]);
    const job = await jobOf('open-pr');
    await handlers['open-pr'](job, { ...world.work, pushUnconfined: true }, runOf());
    expect(world.pulls).toHaveLength(1);
  });

  it('says so where there is no remote, and where there is no proven fix', async () => {
    await expect(doIt('open-pr')).rejects.toMatchObject({ code: 'not_proven' });
    await fixed();
    await expect(doIt('open-pr', { forge: async () => null })).rejects.toMatchObject({ code: 'no_remote' });
  });
});
