import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Retire, type Supervisor, supervise } from '../../../../src/daemon/intake/supervisor.ts';
import { VigilError } from '../../../../src/domain/errors.ts';
import type { Recorded } from '../../../../src/domain/sighting.ts';
import type { Progress, Store } from '../../../../src/ports/store.ts';
import { createWorld, type World } from '../../../support/daemon-world.ts';
import { AT, factsFor } from '../../../support/nouns.ts';
import { type ScriptedSource, scriptedPipeline, scriptedSource } from '../../../support/scripted-source.ts';
import { type VirtualClock, virtualClock } from '../../../support/virtual-clock.ts';

let clock: VirtualClock;
let world: World;
let source: ScriptedSource;
let stop: AbortController;
let commits: Progress[];
let recorded: Recorded[];

beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
  source = scriptedSource('app');
  stop = new AbortController();
  commits = [];
  recorded = [];
});
afterEach(() => world.close());

interface Started {
  readonly supervisor: Supervisor;
  readonly done: Promise<'stopped' | 'ended'>;
}

async function start(store: Store = world.store, retire: Retire = null): Promise<Started> {
  const type = retire === null ? 'file' : 'journal';
  const supervisor = supervise({ type, source, intake: null }, retire, {
    store,
    clock,
    log: world.work.log,
    createPipeline: scriptedPipeline,
    onCommit(progress, what) {
      commits.push(progress);
      recorded.push(...what);
    },
  });
  const done = supervisor.run(stop.signal);
  await clock.settle();
  return { supervisor, done };
}

async function finish(done: Promise<unknown>): Promise<void> {
  stop.abort();
  await done;
}

/** A store whose commits fail with this code while `broken` is set. */
function flaky(code: 'disk_full' | 'state_busy' | 'state_read_only' | 'state_damaged') {
  const state = { broken: true, tries: 0 };
  const store: Store = {
    ...world.store,
    commit(progress) {
      state.tries += 1;
      return state.broken
        ? Promise.reject(new VigilError(code, { what: 'no room' }))
        : world.store.commit(progress);
    },
  };
  return { state, store };
}

const occurrences = async (fingerprint: string) =>
  (await world.store.anomaly(factsFor(fingerprint).id))?.occurrences ?? 0;

describe('supervisor', () => {
  it('commits cursor, memory and counts together, about once a second', async () => {
    const { done } = await start();
    await source.yield('a', 'b');
    await source.yield('c');
    await clock.settle();
    expect(commits).toEqual([]);
    await clock.advance(1_000);
    expect(commits).toMatchObject([{ events: 3, cursors: [{ offset: 30 }], at: AT + 1_000 }]);
    expect(await world.store.memory('app')).toEqual(new Map([['seen', Uint8Array.of(3)]]));
    await clock.advance(5_000);
    expect(commits).toHaveLength(1);
    await finish(done);
  });

  it('commits at once when an anomaly opens', async () => {
    const { done } = await start();
    await source.yield('a', 'E boom');
    await clock.settle();
    expect(recorded).toMatchObject([{ change: 'opened', anomaly: { status: 'detected' } }]);
    await finish(done);
  });

  it('keeps a line that is held for the next daemon, and lets it go when silence speaks', async () => {
    const { done } = await start();
    await source.yield('a', 'E boom', 'hold');
    await clock.settle();
    expect(await world.store.cursors('app')).toMatchObject([{ offset: 20 }]);
    await clock.advance(1_000);
    expect(await world.store.cursors('app')).toMatchObject([{ offset: 30 }]);
    await finish(done);
  });

  it('flushes and commits before it leaves', async () => {
    const { done } = await start();
    await source.yield('a', 'hold');
    await clock.settle();
    stop.abort();
    expect(await done).toBe('stopped');
    expect(await world.store.cursors('app')).toMatchObject([{ offset: 10 }]);
  });

  it('goes on where the last daemon stopped, with what it had learnt', async () => {
    const first = await start();
    await source.yield('a', 'b');
    await clock.settle();
    await finish(first.done);
    stop = new AbortController();
    const second = await start();
    await source.yield('c');
    await clock.settle();
    await finish(second.done);
    expect(source.starts[1]).toMatchObject([{ stream: 's', offset: 20 }]);
    expect(await world.store.memory('app')).toEqual(new Map([['seen', Uint8Array.of(3)]]));
  });

  it.each(['disk_full', 'state_busy', 'state_read_only'] as const)(
    'stops pulling while the store says %s, says so, and loses nothing',
    async (code) => {
      const { store, state } = flaky(code);
      const { supervisor, done } = await start(store);
      await source.yield('E boom');
      let taken = false;
      const next = source.yield('E boom').then(() => (taken = true));
      await clock.advance(10_000);
      expect(taken).toBe(false);
      expect(supervisor.view()).toMatchObject({ state: 'failing', last_error: 'no room' });
      state.broken = false;
      await clock.advance(60_000);
      await next;
      await clock.advance(2_000);
      expect(await occurrences('boom')).toBe(2);
      expect(supervisor.view()).toMatchObject({ state: 'reading', last_error: null, events: 2 });
      await finish(done);
    },
  );

  it('waits longer and longer for the store, at most 15 s', async () => {
    const { store, state } = flaky('disk_full');
    const { done } = await start(store);
    await source.yield('E boom');
    await clock.advance(300_000);
    expect(state.tries).toBeLessThan(60);
    expect(state.tries).toBeGreaterThan(8);
    await finish(done);
  });

  it('starts a failing source over from its last commit, with growing pauses', async () => {
    const { supervisor, done } = await start();
    await source.yield('a', 'b');
    await clock.advance(1_000);
    source.fail(new Error('the disk went away'));
    await clock.settle();
    expect(supervisor.view()).toMatchObject({ state: 'failing', last_error: 'the disk went away' });
    await clock.advance(1_000);
    expect(source.starts[1]).toMatchObject([{ stream: 's', offset: 20 }]);
    const before = source.starts.length;
    for (let failure = 0; failure < 8; failure += 1) source.fail(new Error('still away'));
    await clock.advance(60_000);
    expect(source.starts.length - before).toBeLessThan(7);
    await clock.advance(200_000);
    await source.yield('c');
    await clock.advance(1_000);
    expect(supervisor.view()).toMatchObject({ state: 'reading', last_error: null });
    await finish(done);
  });

  it('throws away a pipeline that broke, together with what it had not committed', async () => {
    const { done } = await start();
    await source.yield('a', 'E boom');
    await source.yield('b', 'E boom');
    await source.yield('bug');
    await clock.advance(1_000);
    expect(source.starts[1]).toMatchObject([{ stream: 's', offset: 20 }]);
    expect(await world.store.memory('app')).toEqual(new Map([['seen', Uint8Array.of(2)]]));
    expect(await occurrences('boom')).toBe(1);
    await finish(done);
  });

  it('starts over when the store says what no waiting heals', async () => {
    const { store } = flaky('state_damaged');
    const { supervisor, done } = await start(store);
    await source.yield('E boom');
    await clock.advance(1_500);
    expect(source.starts).toHaveLength(2);
    expect(supervisor.view().last_error).toBe('no room');
    await finish(done);
  });

  it('removes an ended journal only after its last line is saved', async () => {
    const at: (readonly unknown[])[] = [];
    const { done } = await start(world.store, async () => {
      at.push(await world.store.cursors('app'));
    });
    await source.yield('a', 'hold');
    await source.end();
    await clock.settle();
    expect(at).toEqual([]);
    await clock.advance(3_000);
    expect(await done).toBe('ended');
    expect(at).toMatchObject([[{ offset: 20 }]]);
    expect(await world.store.cursors('app')).toEqual([]);
  });

  it('judges whole events and has them saved before it answers', async () => {
    const { supervisor, done } = await start();
    await supervisor.push([
      {
        type: 'metric',
        source: 'app',
        stream: 'api',
        offset: 1,
        timestamp: AT,
        metadata: {},
        data: { metricName: 'm', value: 1 },
      },
    ]);
    expect(await world.store.sourceTotals()).toMatchObject([{ source: 'app', events: 1 }]);
    await finish(done);
  });

  it('tells the sender when events could not be saved, and saves them as soon as it can', async () => {
    const { store, state } = flaky('disk_full');
    const { supervisor, done } = await start(store);
    const event = {
      type: 'metric',
      source: 'app',
      stream: 'api',
      offset: 1,
      timestamp: AT,
      metadata: {},
      data: { metricName: 'm', value: 1 },
    } as const;
    await expect(supervisor.push([event])).rejects.toMatchObject({ code: 'disk_full' });
    state.broken = false;
    await clock.advance(5_000);
    expect(await world.store.sourceTotals()).toMatchObject([{ events: 1 }]);
    await finish(done);
  });

  it('shows rate, lag and training, the loudest series first', async () => {
    const { supervisor, done } = await start();
    await source.yield(...Array.from({ length: 20 }, () => 'a'));
    await clock.advance(2_000);
    expect(supervisor.view()).toMatchObject({
      rate: 2,
      events: 20,
      lag_bytes: 5,
      training: { training: 0, normal: 1, alerting: 1 },
      series: [{ name: 'loud' }, { name: 'calm' }],
    });
    await finish(done);
  });
});
