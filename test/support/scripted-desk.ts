import type { Desk } from '../../src/daemon/api/desk.ts';
import { createLiveView } from '../../src/daemon/live-view.ts';
import { createMetrics } from '../../src/daemon/metrics.ts';
import { createRetention } from '../../src/daemon/retention.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { handlers } from '../../src/workflow/handlers.ts';
import { createWorker } from '../../src/workflow/worker.ts';
import type { World } from './daemon-world.ts';
import { AT } from './nouns.ts';

/** A desk over a real store with a real worker; sources take whatever they are given. */
export async function scriptedDesk(world: World, clock: Clock, changes: Partial<Desk> = {}): Promise<Desk> {
  const live = await createLiveView(world.work.bus, world.store);
  const work = { ...world.work, bus: live.bus };
  return {
    version: '1.2.3',
    root: '/srv/shop',
    statePath: '/state',
    startedAt: AT,
    work,
    worker: createWorker(work, { handlers, onEnd: () => undefined }),
    sources: {
      run: async () => undefined,
      add: () => undefined,
      attach: async (name) => name,
      judge: () => Promise.reject(new Error('nobody judges')),
      accept: async () => 'kept',
      retry: async () => 'read',
      views: () => [],
      lastEvent: () => clock.now(),
    },
    retention: createRetention({ days: 90, maxBytes: null, store: 'default' }, world.work),
    backlog: () => 0,
    live,
    metrics: createMetrics(() => 0),
    ready: () => true,
    clients: () => 1,
    requestStop: () => undefined,
    ...changes,
  };
}
