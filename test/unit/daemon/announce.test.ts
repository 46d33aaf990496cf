import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncer } from '../../../src/daemon/announce.ts';
import type { Anomaly } from '../../../src/domain/anomaly.ts';
import { createWorld, type World } from '../../support/daemon-world.ts';
import { anomalyAs } from '../../support/nouns.ts';
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts';

let clock: VirtualClock;
let world: World;
beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
});
afterEach(() => world.close());

const anomaly = (occurrences: number): Anomaly => ({ ...anomalyAs({ status: 'detected' }), occurrences });
const told = () =>
  world.changes.flatMap((one) =>
    one.kind === 'anomaly' ? [`${one.change} ${one.anomaly.occurrences}`] : [],
  );

describe('announcer', () => {
  it('tells an opened anomaly at once and puts the job that follows', async () => {
    createAnnouncer(world.work).announce([{ change: 'opened', anomaly: anomaly(1) }]);
    await clock.settle();
    expect(told()).toEqual(['opened 1']);
    expect(await world.store.activeJob(anomaly(1).id, 'diagnose')).not.toBeNull();
  });

  it('puts nothing where only observing was asked for, and nothing for a repeat', async () => {
    createAnnouncer({ ...world.work, automation: 'observe' }).announce([
      { change: 'opened', anomaly: anomaly(1) },
    ]);
    createAnnouncer(world.work).announce([{ change: 'joined', anomaly: anomaly(2) }]);
    await clock.settle();
    expect(await world.store.activeJob(anomaly(1).id, 'diagnose')).toBeNull();
  });

  it('tells counts at most once a second, and the newest in the end', async () => {
    const announcer = createAnnouncer(world.work);
    for (const count of [2, 3, 4]) announcer.announce([{ change: 'joined', anomaly: anomaly(count) }]);
    expect(told()).toEqual(['joined 2']);
    await clock.advance(1_000);
    announcer.flush();
    expect(told()).toEqual(['joined 2', 'joined 4']);
    await clock.advance(1_000);
    announcer.flush();
    expect(told()).toHaveLength(2);
  });

  it('tells at once what is back, and puts no job for it', async () => {
    createAnnouncer(world.work).announce([{ change: 'returned', anomaly: anomaly(5) }]);
    await clock.settle();
    expect(told()).toEqual(['returned 5']);
    expect(await world.store.activeJob(anomaly(5).id, 'diagnose')).toBeNull();
  });

  it('says nothing of what stays silent', () => {
    createAnnouncer(world.work).announce([{ change: 'silent', anomaly: null }]);
    expect(world.changes).toEqual([]);
  });
});
