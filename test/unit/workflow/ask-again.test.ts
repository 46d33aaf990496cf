import { afterEach, beforeEach, expect, it } from 'vitest';
import { handlers } from '../../../src/workflow/handlers.ts';
import { PLAIN, putJob } from '../../../src/workflow/put-job.ts';
import { keepSweeping } from '../../../src/workflow/sweep.ts';
import { createWorker } from '../../../src/workflow/worker.ts';
import { createWorld, scriptedCrafts, type World } from '../../support/daemon-world.ts';
import { diagnosisFor, factsFor } from '../../support/nouns.ts';
import { progressOf } from '../../support/progress.ts';
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts';

const { id } = factsFor('a');
const MINUTE_MS = 60_000;

let clock: VirtualClock;
let world: World;
let start: number;
/** Minutes after the beginning at which the models were asked. */
let asked: number[];
let isAnswered: boolean;
let stop: AbortController;
let ended: Promise<unknown>;

beforeEach(async () => {
  clock = virtualClock();
  start = clock.now();
  asked = [];
  isAnswered = false;
  stop = new AbortController();
  const crafts = scriptedCrafts({
    async diagnose(one, _, { id: diagnosisId }) {
      asked.push(Math.round((clock.now() - start) / MINUTE_MS));
      return diagnosisFor(one.id, { id: diagnosisId, unanswered: !isAnswered });
    },
  });
  world = await createWorld(clock, { crafts });
  const facts = factsFor('a');
  await world.store.commit(progressOf({ sightings: [{ kind: 'opened', facts }], events: 1, at: start }));
  const worker = createWorker(world.work, { handlers, onEnd: () => undefined });
  ended = Promise.all([worker.run(stop.signal), keepSweeping(world.work, worker, stop.signal)]);
  await pass(2);
});
afterEach(async () => {
  stop.abort();
  await ended;
  await world.close();
});

async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) await clock.advance(MINUTE_MS);
}

const put = () => putJob({ subject: id, kind: 'diagnose', options: PLAIN, resultId: null }, world.work);
const anomaly = () => world.store.anomaly(id);

it('lets the offline result stand, and asks again ever more seldom', async () => {
  expect(await anomaly()).toMatchObject({ status: 'diagnosed' });
  await pass(75);
  expect(asked).toEqual([0, 10, 30, 70]);
});

it('asks no more once there is an answer', async () => {
  isAnswered = true;
  await pass(60);
  expect(asked).toEqual([0, 10]);
  expect(await world.store.activeJob(id, 'diagnose')).toBeNull();
});

it('asks no more once something else became of the anomaly', async () => {
  await world.store.moveAnomaly(id, 'diagnosed', { status: 'resolved', at: clock.now() });
  await pass(60);
  expect(asked).toEqual([0]);
});

it('asks at once when a person does', async () => {
  const job = await put();
  await clock.settle();
  expect(job.notBefore).toBeNull();
  expect(await world.store.job(job.id)).toMatchObject({ status: 'completed' });
  expect(asked).toEqual([0, 2]);
});
