import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VigilError } from '../../../src/domain/errors.ts';
import type { Job, JobKind } from '../../../src/domain/job.ts';
import type { Handler } from '../../../src/workflow/handlers.ts';
import { PLAIN, putJob } from '../../../src/workflow/put-job.ts';
import { createWorker, type Worker } from '../../../src/workflow/worker.ts';
import { createWorld, type World } from '../../support/daemon-world.ts';
import { factsFor } from '../../support/nouns.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

let clock = virtualClock();
let world: World;
let stop = new AbortController();

beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
  stop = new AbortController();
});
afterEach(() => world.close());

function put(kind: JobKind = 'diagnose', subject = factsFor('a').id): Promise<Job> {
  return putJob({ subject, kind, options: PLAIN, resultId: null }, world.work);
}

function startWorker(handler: Handler): {
  readonly worker: Worker;
  readonly done: Promise<void>;
  readonly ends: string[];
} {
  const ends: string[] = [];
  const worker = createWorker(world.work, {
    handlers: { diagnose: handler, fix: handler, 'open-pr': handler },
    onEnd: (job) => ends.push(job.status),
  });
  return { worker, done: worker.run(stop.signal), ends };
}

async function finish(done: Promise<void>): Promise<void> {
  stop.abort();
  await done;
}

const busy = () => new VigilError('provider_failed', { what: 'overloaded' });

describe('worker', () => {
  it('does a job and says how far it is', async () => {
    const { done, ends } = startWorker(async (_, __, run) => run.progress('half way', 0.5));
    const job = await put();
    await clock.settle();
    expect(await world.store.job(job.id)).toMatchObject({ status: 'completed', attempts: 1, progress: 1 });
    const steps = world.changes.flatMap((one) => (one.kind === 'job' ? [one.job.step] : []));
    expect(steps).toEqual(['waiting', 'starting', 'half way', 'done']);
    expect(ends).toEqual(['completed']);
    await finish(done);
  });

  it('answers the waiting job when the same one is put twice', async () => {
    expect((await put()).id).toBe((await put()).id);
  });

  it('does one job of a kind at a time, and other kinds beside it', async () => {
    const running: string[] = [];
    const gate = Promise.withResolvers<void>();
    const { done } = startWorker(async (job) => {
      running.push(`${job.kind} ${job.subject.slice(0, 2)}`);
      await gate.promise;
    });
    const [a, b] = [factsFor('a').id, factsFor('b').id];
    await put('diagnose', a);
    await put('diagnose', b);
    await put('fix', a);
    await clock.settle();
    expect(running).toEqual([`diagnose ${a.slice(0, 2)}`, `fix ${a.slice(0, 2)}`]);
    gate.resolve();
    await clock.settle();
    expect(running).toHaveLength(3);
    await finish(done);
  });

  it('tries three times with growing pauses and then gives up', async () => {
    const tries: number[] = [];
    const { done } = startWorker(() => {
      tries.push(clock.now());
      return Promise.reject(busy());
    });
    const job = await put();
    await clock.advance(60_000);
    expect(tries.map((at) => at - (tries[0] ?? 0))).toEqual([0, 2_000, 6_000]);
    expect(await world.store.job(job.id)).toMatchObject({
      status: 'dead',
      attempts: 3,
      error: { code: 'provider_failed' },
    });
    await finish(done);
  });

  it.each([
    [
      'what no further try would help',
      'diagnose',
      new VigilError('budget_spent', { what: 'spent' }),
      'budget_spent',
    ],
    [
      'a whole agent run, which spends credits',
      'fix',
      new VigilError('agent_failed', { what: 'gone' }),
      'agent_failed',
    ],
    ['a bug of ours', 'diagnose', new Error('oops'), 'bug'],
  ] as const)('does not try again %s', async (_, kind, error, code) => {
    const { done } = startWorker(() => Promise.reject(error));
    const job = await put(kind);
    await clock.advance(600_000);
    expect(await world.store.job(job.id)).toMatchObject({ attempts: 1, error: { code } });
    await finish(done);
  });

  it('cancels a running job and one that waits', async () => {
    const { worker, done } = startWorker(
      (_, __, run) =>
        new Promise((__, reject) => run.signal.addEventListener('abort', () => reject(new Error('torn')))),
    );
    const running = await put('diagnose', factsFor('a').id);
    const waiting = await put('diagnose', factsFor('b').id);
    await clock.settle();
    await worker.cancel(waiting.id);
    await worker.cancel(running.id);
    await clock.settle();
    for (const { id } of [running, waiting]) {
      expect(await world.store.job(id)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    }
    expect(await worker.cancel(factsFor('nobody').id)).toBeNull();
    await finish(done);
  });

  it('puts what runs back into the queue when the daemon stops, as if it had not been tried', async () => {
    const { done } = startWorker(
      (_, __, run) =>
        new Promise((__, reject) => run.signal.addEventListener('abort', () => reject(new Error('torn')))),
    );
    const job = await put();
    await clock.settle();
    await finish(done);
    expect(await world.store.job(job.id)).toMatchObject({ status: 'queued', attempts: 0 });
  });

  it('survives a store that fails, and leaves the job to the sweep', async () => {
    const job = await put();
    const broken = { ...world.store, job: () => Promise.reject(new Error('gone')) };
    const worker = createWorker(
      { ...world.work, store: broken },
      {
        handlers: { diagnose: async () => {}, fix: async () => {}, 'open-pr': async () => {} },
        onEnd: () => {},
      },
    );
    const done = worker.run(stop.signal);
    await clock.settle();
    await finish(done);
    expect(await world.store.job(job.id)).toMatchObject({ status: 'queued' });
  });
});
