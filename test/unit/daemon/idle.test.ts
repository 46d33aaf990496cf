import { describe, expect, it } from 'vitest';
import { idleWatch, type Signs } from '../../../src/daemon/idle.ts';
import { createWorld } from '../../support/daemon-world.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const HOUR = 3_600_000;

async function watch(signs: (now: () => number) => Partial<Signs>) {
  const clock = virtualClock();
  const world = await createWorld(clock);
  const quiet: Signs = {
    sources: { lastEvent: () => 0 },
    live: { activeJobs: () => [] },
    listeners: () => 0,
  };
  const idle = idleWatch({ idleMs: 3 * HOUR, work: world.work }, { ...quiet, ...signs(() => clock.now()) });
  const stop = new AbortController();
  let end: string | null = null;
  const done = idle.run(stop.signal).then((why) => (end = why));
  return {
    clock,
    idle,
    ended: () => end,
    close: async () => {
      stop.abort();
      await done;
      await world.close();
    },
  };
}

describe('idle', () => {
  it('leaves three hours after the last request', async () => {
    const { clock, idle, ended, close } = await watch(() => ({}));
    await clock.advance(2 * HOUR);
    idle.touch();
    await clock.advance(2.9 * HOUR);
    expect(ended()).toBeNull();
    await clock.advance(0.2 * HOUR);
    expect(ended()).toBe('idle');
    await close();
  });

  it.each([
    ['a source brings events', (now: () => number) => ({ sources: { lastEvent: now } })],
    ['somebody listens', () => ({ listeners: () => 1 })],
  ] as const)('stays while %s', async (_, signs) => {
    const { clock, ended, close } = await watch(signs);
    await clock.advance(4 * HOUR);
    expect(ended()).toBeNull();
    await close();
    expect(ended()).toBe('stopped');
  });
});
