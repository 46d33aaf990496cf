import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnomalyState } from '../../../src/domain/anomaly.ts';
import type { Job } from '../../../src/domain/job.ts';
import type { Automation } from '../../../src/domain/policy.ts';
import { PLAIN, putJob } from '../../../src/workflow/put-job.ts';
import { keepSweeping, sweep } from '../../../src/workflow/sweep.ts';
import { createWorld, type World } from '../../support/daemon-world.ts';
import { factsFor } from '../../support/nouns.ts';
import { progressOf } from '../../support/progress.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const nobody = { holds: () => false };
const { id } = factsFor('a');
let clock = virtualClock();
let world: World;

beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
  await world.store.commit(
    progressOf({
      sightings: [{ kind: 'opened', facts: factsFor('a') }],
      events: 1,
      at: 1,
    }),
  );
});
afterEach(() => world.close());

const put = (kind: Job['kind'] = 'diagnose') =>
  putJob({ subject: id, kind, options: PLAIN, resultId: null }, world.work);

async function become(job: Job, changes: Partial<Job>): Promise<void> {
  await world.store.saveJob({ ...job, ...changes }, job.status);
}

async function walk(...states: readonly AnomalyState[]): Promise<void> {
  let from: AnomalyState['status'] = 'detected';
  for (const state of states) {
    await world.store.moveAnomaly(id, from, state);
    from = state.status;
  }
}

async function nextHint(): Promise<string | null> {
  const stop = new AbortController();
  setImmediate(() => stop.abort());
  for await (const hint of world.work.queue.pull(stop.signal)) return hint;
  return null;
}

const sweepAs = (automation: Automation) => sweep({ ...world.work, automation }, nobody);

describe('sweep', () => {
  it('lets a job that a dead daemon left processing wait again', async () => {
    const job = await put();
    await nextHint();
    await become(job, { status: 'processing', attempts: 1 });
    await sweep(world.work, nobody);
    expect(await world.store.job(job.id)).toMatchObject({ status: 'queued', attempts: 1 });
    expect(await nextHint()).toBe(job.id);
  });

  it('leaves alone what the worker holds', async () => {
    const job = await put();
    await become(job, { status: 'processing' });
    await sweep(world.work, { holds: () => true });
    expect(await world.store.job(job.id)).toMatchObject({ status: 'processing' });
  });

  it('gives up a job under which the daemon died three times', async () => {
    const job = await put();
    await walk({ status: 'diagnosing' });
    await become(job, { status: 'processing', attempts: 3 });
    await sweep(world.work, nobody);
    expect(await world.store.job(job.id)).toMatchObject({ status: 'dead', error: { code: 'bug' } });
    expect(await world.store.anomaly(id)).toMatchObject({ status: 'detected' });
  });

  it('puts the job that an anomaly misses', async () => {
    await sweep(world.work, nobody);
    expect(await world.store.activeJob(id, 'diagnose')).toMatchObject({ status: 'queued' });
  });

  it('goes only as far as automation says', async () => {
    await sweepAs('observe');
    expect(await world.store.activeJob(id, 'diagnose')).toBeNull();
    await walk({ status: 'diagnosing' }, { status: 'diagnosed', diagnosisId: id });
    await sweepAs('diagnose');
    expect(await world.store.activeJob(id, 'fix')).toBeNull();
    await sweepAs('stage');
    expect(await world.store.activeJob(id, 'fix')).not.toBeNull();
  });

  it.each(['failed', 'dead', 'cancelled'] as const)('never repeats a fix that ended %s', async (status) => {
    await walk({ status: 'diagnosing' }, { status: 'diagnosed', diagnosisId: id });
    await become(await put('fix'), { status });
    await sweepAs('open-pr');
    expect(await world.store.activeJob(id, 'fix')).toBeNull();
  });

  it.each([
    [[{ status: 'diagnosing' }], 'detected'],
    [
      [
        { status: 'diagnosing' },
        { status: 'diagnosed', diagnosisId: id },
        { status: 'fixing', diagnosisId: id },
      ],
      'diagnosed',
    ],
  ] as const)('frees what stands in between while nobody works on it', async (states, status) => {
    await walk(...states);
    await sweepAs('observe');
    expect(await world.store.anomaly(id)).toMatchObject({ status });
  });

  it('sweeps every minute, also after one that failed', async () => {
    const stop = new AbortController();
    let sweeps = 0;
    const store = {
      ...world.store,
      jobs() {
        sweeps += 1;
        return sweeps === 1 ? Promise.reject(new Error('away')) : Promise.resolve([]);
      },
    };
    const done = keepSweeping(
      { ...world.work, store },
      { ...nobody, run: async () => {}, cancel: async () => null },
      stop.signal,
    );
    await clock.advance(120_000);
    expect(sweeps).toBe(3);
    stop.abort();
    await done;
  });
});
