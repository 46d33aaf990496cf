import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../../src/daemon/api/app.ts';
import { createStream } from '../../../src/daemon/api/stream.ts';
import { type Supervisor, supervise } from '../../../src/daemon/intake/supervisor.ts';
import type { TelemetryEvent } from '../../../src/domain/event.ts';
import type { Recorded } from '../../../src/domain/sighting.ts';
import { createWorld, type World } from '../../support/daemon-world.ts';
import { pipelineOf, T0 } from '../../support/log-lines.ts';
import { scriptedDesk } from '../../support/scripted-desk.ts';
import { scriptedSource } from '../../support/scripted-source.ts';
import { type VirtualClock, virtualClock } from '../../support/virtual-clock.ts';

const MINUTE = 60_000;
const STEP = 30 * MINUTE;
/** Points of forty days: what comes more often than that is ordinary life. */
const CALM = 40 * 48;

let clock: VirtualClock;
let world: World;
let app: App;
let daemon: { readonly supervisor: Supervisor; stop(): Promise<void> };
let changes: Recorded['change'][];
let step: number;

/** A supervisor with the real pipeline over the world's store, as one life of a daemon has it. */
async function live(): Promise<typeof daemon> {
  const stop = new AbortController();
  const watched = { type: 'api', source: scriptedSource('app'), intake: null };
  const supervisor = supervise(watched, null, {
    store: world.store,
    clock,
    log: world.work.log,
    createPipeline: () => pipelineOf(),
    onCommit: (_, recorded) => void changes.push(...recorded.map(({ change }) => change)),
  });
  const done = supervisor.run(stop.signal);
  await clock.settle();
  return {
    supervisor,
    async stop() {
      stop.abort();
      await done;
    },
  };
}

beforeEach(async () => {
  clock = virtualClock(T0 + 400 * 86_400_000);
  world = await createWorld(clock);
  const desk = await scriptedDesk(world, clock);
  app = createApp(desk, createStream(desk));
  changes = [];
  step = 0;
  daemon = await live();
  await see(CALM, 10);
  expect(await newest()).toBeNull();
});
afterEach(async () => {
  await daemon.stop();
  await app.close();
  await world.close();
});

/** So many points of a queue around a level; what was done to anomalies. */
async function see(points: number, level: number): Promise<ReadonlySet<Recorded['change']>> {
  changes = [];
  const events = Array.from({ length: points }, (): TelemetryEvent => {
    step += 1;
    const data = { metricName: 'queue', value: level + Math.sin(1.7 * step) + Math.sin(0.61 * step) };
    const at = { offset: step, timestamp: T0 + step * STEP, metadata: {} };
    return { source: 'app', stream: 'api', type: 'metric', data, ...at };
  });
  await daemon.supervisor.push(events);
  return new Set(changes);
}

/** Six hours at a level, and forty days of calm. */
async function outage(level: number): Promise<ReadonlySet<Recorded['change']>> {
  const told = await see(12, level);
  await see(CALM, 10);
  return told;
}

async function newest() {
  const { items } = await world.store.anomalies({
    status: null,
    from: null,
    to: null,
    confidenceMin: null,
    source: null,
    after: null,
    limit: 1,
  });
  return items[0] ?? null;
}

async function post(path: string, body: object): Promise<void> {
  const { statusCode } = await app.inject({
    method: 'POST',
    url: `/api/v1/anomalies/${path}`,
    payload: body,
  });
  expect(statusCode).toBe(200);
}

describe('what a person says of an anomaly', () => {
  it('dismissed, it stays silent at the same level, after a restart too, and speaks again when clearly worse', async () => {
    expect(await outage(30)).toContain('opened');
    const first = await newest();
    await post(`${first?.id}/close`, { as: 'false_positive' });
    const silent = await outage(30);
    expect(silent).toContain('silent');
    expect(silent).not.toContain('opened');
    await daemon.stop();
    daemon = await live();
    expect(await outage(31)).toEqual(new Set(['silent']));
    expect(await outage(80)).toContain('opened');
    expect(await newest()).toMatchObject({ status: 'detected', recurrenceOf: first?.id });
  });

  it('muted, it is silent for that time and told again afterwards', async () => {
    await outage(30);
    const first = await newest();
    await post(`${first?.id}/mute`, { minutes: 60 });
    expect(world.changes.at(-1)).toMatchObject({ change: 'moved', anomaly: { id: first?.id } });
    expect(await outage(30)).toEqual(new Set(['silent']));
    await clock.advance(60 * MINUTE);
    expect(await outage(30)).toContain('returned');
  });

  it('muted, it is heard at once when it gets clearly worse in the middle of its episode', async () => {
    await see(5, 30);
    const first = await newest();
    await post(`${first?.id}/mute`, { minutes: 600 });
    expect(await see(3, 30)).toEqual(new Set(['silent']));
    expect(await see(3, 90)).toContain('returned');
    expect(await newest()).toMatchObject({ id: first?.id, mutedUntil: null });
  });

  it('with 0 minutes, a mute ends', async () => {
    await outage(30);
    const first = await newest();
    await post(`${first?.id}/mute`, { minutes: 60 });
    await post(`${first?.id}/mute`, { minutes: 0 });
    expect(await outage(30)).toContain('returned');
  });

  it('resolved, it is a recurrence when it comes again', async () => {
    await outage(30);
    const first = await newest();
    await post(`${first?.id}/close`, { as: 'resolved' });
    expect(await outage(30)).toContain('opened');
    expect((await newest())?.recurrenceOf).toBe(first?.id);
  });
});
