import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnnouncer } from '../../src/daemon/announce.ts';
import { supervise } from '../../src/daemon/intake/supervisor.ts';
import { VigilError } from '../../src/domain/errors.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { createPipeline } from '../../src/pipeline/pipeline.ts';
import type { Store } from '../../src/ports/store.ts';
import { createWorld, type World } from '../support/daemon-world.ts';
import { type ScriptedSource, scriptedSource } from '../support/scripted-source.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const FEATURE = 'Feature: vigilai-monitoring-platform';
const RUNS = { numRuns: 100 };

interface Running {
  readonly clock: VirtualClock;
  readonly world: World;
  /** Events judged so far, of a source. */
  events(name: string): number;
  /** When the first anomaly was told, epoch ms; null so far. */
  alertedAt(): number | null;
  end(): Promise<void>;
}

/** Sources under supervisors of their own, one real store, a clock that stands until it is moved. */
async function run(sources: readonly ScriptedSource[], store?: (real: Store) => Store): Promise<Running> {
  const clock = virtualClock();
  const world = await createWorld(clock);
  const stop = new AbortController();
  let alertedAt: number | null = null;
  const announcer = createAnnouncer({
    ...world.work,
    bus: {
      ...world.work.bus,
      publish(change) {
        if (change.kind === 'anomaly') alertedAt ??= clock.now();
      },
    },
  });
  const supervisors = sources.map((source) =>
    supervise({ type: 'file', source, intake: null }, null, {
      store: store === undefined ? world.store : store(world.store),
      clock,
      log: world.work.log,
      createPipeline: (name) =>
        createPipeline({ ...USUAL, source: name, bucketSeconds: 120, dimensions: [] }),
      onCommit: (_, recorded) => announcer.announce(recorded),
    }),
  );
  const done = supervisors.map((one) => one.run(stop.signal));
  await clock.settle();
  return {
    clock,
    world,
    events: (name) => supervisors.find((one) => one.name === name)?.view().events ?? -1,
    alertedAt: () => alertedAt,
    async end() {
      stop.abort();
      await Promise.all(done);
      await world.close();
    },
  };
}

const line = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `INFO ${text.replaceAll(/\s/g, ' ')}`);
const batches = fc.array(fc.array(line, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 });

const TRACE = [
  'ERROR TypeError: x is undefined',
  '    at total (/srv/shop/src/cart.js:10:5)',
  '    at pay (/srv/shop/src/pay.js:3:1)',
];

describe(`${FEATURE}, Property 1: Event Processing Time Bound`, () => {
  it('whatever is read is judged within 100 ms', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.nat({ max: 5_000 }), { maxLength: 8 }), async (all, gaps) => {
        const source = scriptedSource('app');
        const { clock, events, end } = await run([source]);
        let read = 0;
        for (const [i, lines] of all.entries()) {
          await clock.advance(gaps[i] ?? 0);
          await source.yield(...lines);
          read += lines.length;
          await clock.advance(100);
          expect(events('app')).toBe(read);
        }
        await end();
      }),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 2: Anomaly Alert Timing`, () => {
  it('an exception that was never seen is told within 4 minutes, cut off or not, with a store that is busy or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 3 }),
        fc.boolean(),
        fc.nat({ max: 8 }),
        async (cut, goesOn, refusals) => {
          const source = scriptedSource('app');
          let left = refusals;
          const { clock, alertedAt, end } = await run([source], (real) => ({
            ...real,
            commit(progress) {
              left -= 1;
              const busy = new VigilError('state_busy', { what: 'held' });
              return left >= 0 ? Promise.reject(busy) : real.commit(progress);
            },
          }));
          void source.yield(...Array.from({ length: 400 }, () => 'INFO calm'));
          await clock.advance(1_000);
          const at = clock.now();
          void source.yield(...TRACE.slice(0, cut), ...(goesOn ? ['INFO next'] : []));
          while (alertedAt() === null && clock.now() - at < 240_000) await clock.advance(1_000);
          expect(alertedAt()).not.toBeNull();
          await end();
        },
      ),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 21: Component Fault Tolerance`, () => {
  it('a source that fails, however often, never stops another', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.boolean(), { maxLength: 8 }), async (all, failing) => {
        const [well, ill] = [scriptedSource('well'), scriptedSource('ill')];
        const { clock, events, end } = await run([well, ill]);
        let read = 0;
        for (const [i, lines] of all.entries()) {
          if (failing[i] === true) ill.fail(new Error('broken'));
          await well.yield(...lines);
          read += lines.length;
          await clock.advance(100);
          expect(events('well')).toBe(read);
        }
        await end();
      }),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 22: Restart Recovery Time`, () => {
  it('reading goes on within 30 seconds after whatever broke it is whole again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 120_000 }), async (broken) => {
        const source = scriptedSource('app');
        let whole = true;
        const { clock, events, end } = await run([source], (real) => ({
          ...real,
          cursors: (name) =>
            whole ? real.cursors(name) : Promise.reject(new VigilError('state_damaged', { what: 'broken' })),
        }));
        whole = false;
        source.fail(new Error('broken'));
        await clock.advance(broken);
        whole = true;
        const at = clock.now();
        void source.yield('INFO back');
        while (events('app') === 0 && clock.now() - at < 30_000) await clock.advance(500);
        expect(events('app')).toBe(1);
        await end();
      }),
      RUNS,
    );
  });
});
