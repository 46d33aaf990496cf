import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRetention } from '../../src/daemon/retention.ts';
import { redact } from '../../src/domain/redact.ts';
import {
  GRACE_MS,
  oldestKept,
  pressureOf,
  type RetentionRules,
  warningOf,
} from '../../src/domain/retention.ts';
import type { Store } from '../../src/ports/store.ts';
import { createWorld, type World } from '../support/daemon-world.ts';
import { progressOf } from '../support/progress.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

const DAY = 86_400_000;
/** An old log may be read today. */
const AGES_AGO = Date.UTC(2005, 5, 3);
const TAG = 'Feature: vigilai-monitoring-platform, Property 30: Data Retention Policy';

describe(TAG, () => {
  let clock: VirtualClock;
  let world: World;
  beforeEach(async () => {
    clock = virtualClock();
    world = await createWorld(clock);
  });
  afterEach(() => world.close());

  it('nothing younger than 90 days is old enough, whatever is configured', () => {
    fc.assert(
      fc.property(fc.double(), fc.integer({ min: 0, max: 4e12 }), (days, now) => {
        const rules: RetentionRules = { days: Number.isNaN(days) ? 0 : days, maxBytes: null, store: 'all' };
        expect(now - oldestKept(rules, now)).toBeGreaterThanOrEqual(90 * DAY);
      }),
      { numRuns: 200 },
    );
  });

  it('an event is there for at least 90 days, and gone after the configured time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 400 * DAY }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 90, max: 300 }),
        async (ages, days) => {
          const now = clock.now();
          for (const [i, age] of ages.entries()) {
            const event = {
              id: `${days}-${i}-${age}`,
              timestamp: AGES_AGO,
              type: 'log',
              json: redact('{}'),
            } as const;
            await world.store.commit(progressOf({ kept: [event], events: 1, at: now - age }));
          }
          const rules: RetentionRules = { days, maxBytes: null, store: 'all' };
          await createRetention(rules, world.work).round();
          const gone = await world.store.pruneEvents(1_000);
          expect(gone).toBe(ages.filter((age) => age <= days * DAY).length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('deletes in slices, so that saving never waits long', async () => {
    const now = clock.now();
    const kept = Array.from({ length: 12_000 }, (_, i) => {
      return { id: `e${i}`, timestamp: now, type: 'log' as const, json: redact('{}') };
    });
    await world.store.commit(progressOf({ kept, events: kept.length, at: now - 91 * DAY }));
    const slices: number[] = [];
    const store: Store = {
      ...world.store,
      async prune(before, limit) {
        const pruned = await world.store.prune(before, limit);
        slices.push(pruned.events);
        return pruned;
      },
    };
    let done = false;
    const rules: RetentionRules = { days: 90, maxBytes: null, store: 'all' };
    const round = createRetention(rules, { ...world.work, store }).round();
    void round.finally(() => (done = true));
    while (!done) await clock.advance(20);
    expect(slices).toEqual([5_000, 5_000, 2_000]);
  });

  it('stops when deleting makes the database no smaller, as with PostgreSQL', async () => {
    let deleted = 0;
    const store: Store = {
      ...world.store,
      size: async () => 2_000,
      pruneEvents: async (limit) => (deleted += limit),
    };
    const retention = createRetention({ days: 90, maxBytes: 1_000, store: 'all' }, { ...world.work, store });
    await retention.round();
    await clock.advance(GRACE_MS + 1);
    await retention.round();
    expect(deleted).toBe(5_000);
  });

  it('a bound of size deletes nothing early before a warning has stood for a day', () => {
    const rules: RetentionRules = { days: 90, maxBytes: 1_000, store: 'all' };
    fc.assert(
      fc.property(fc.nat({ max: 3_000 }), fc.nat({ max: 3 * GRACE_MS }), (size, waited) => {
        const now = 1e12 + waited;
        const pressure = pressureOf(rules, size, { warnedAt: 1e12, now });
        const due = size > 1_000 && waited >= GRACE_MS;
        expect(pressure.state).toBe(size < 900 ? 'none' : due ? 'due' : 'warned');
        expect(warningOf(pressure, rules, size) === null).toBe(pressure.state === 'none');
        expect(pressureOf(rules, size, { warnedAt: null, now }).state).not.toBe('due');
      }),
      { numRuns: 200 },
    );
  });

  it('warns in status, and deletes the oldest stored events only when the day is over', async () => {
    const now = clock.now();
    const kept = Array.from({ length: 6_000 }, (_, i) => ({
      id: `e${i}`,
      timestamp: now - i * 1000,
      type: 'log' as const,
      json: redact(JSON.stringify({ text: 'x '.repeat(250), i })),
    }));
    await world.store.commit(progressOf({ kept, events: kept.length, at: now }));
    const size = await world.store.size();
    const retention = createRetention({ days: 90, maxBytes: size - 1, store: 'all' }, world.work);
    await retention.round();
    expect(retention.view().warning).toContain('may be deleted from');
    await clock.advance(GRACE_MS + 1);
    let done = false;
    const round = retention.round().finally(() => (done = true));
    // Space is given back in slices, with breaths between them.
    while (!done) await clock.advance(20);
    await round;
    expect(await world.store.size()).toBeLessThan(size);
    expect(await world.store.pruneEvents(10_000)).toBe(1_000);
  });
});
