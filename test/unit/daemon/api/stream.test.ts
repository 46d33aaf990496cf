import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeView } from '../../../../src/contract/system-views.ts';
import type { Desk } from '../../../../src/daemon/api/desk.ts';
import { createStream } from '../../../../src/daemon/api/stream.ts';
import { createWorld, type World } from '../../../support/daemon-world.ts';
import { anomalyAs } from '../../../support/nouns.ts';
import { scriptedDesk } from '../../../support/scripted-desk.ts';
import { type VirtualClock, virtualClock } from '../../../support/virtual-clock.ts';

let clock: VirtualClock;
let world: World;
let desk: Desk;
beforeEach(async () => {
  clock = virtualClock();
  world = await createWorld(clock);
  desk = await scriptedDesk(world, clock);
});
afterEach(() => world.close());

/** The part of a response that the stream uses; `stuck` never drains. */
function listener(stuck = false) {
  const parts: string[] = [];
  const events = new EventEmitter();
  const response = {
    destroyed: false,
    writableLength: 0,
    writeHead: () => undefined,
    write(text: string) {
      parts.push(text);
      if (stuck) response.writableLength += text.length;
      return true;
    },
    on: (name: string, told: () => void) => events.on(name, told),
    destroy() {
      response.destroyed = true;
      events.emit('close');
    },
  };
  return { response, parts, raw: response as unknown as ServerResponse };
}

const kinds = (parts: readonly string[]) =>
  parts.map((part) => /^event: (\w+)/.exec(part)?.[1] ?? part.trim());

describe('stream', () => {
  it('begins with the status, then tells changes as they come and the status every second', async () => {
    const stream = createStream(desk);
    const { raw, parts } = listener();
    stream.join(raw);
    await clock.settle();
    desk.work.bus.publish({ kind: 'anomaly', change: 'opened', anomaly: anomalyAs({ status: 'detected' }) });
    await clock.advance(2_000);
    expect(kinds(parts)).toEqual(['status', 'anomaly', 'status', 'status']);
    for (const part of parts) changeView.parse(JSON.parse(part.split('\ndata: ')[1] ?? ''));
    stream.close();
  });

  it('says that it is still there', async () => {
    const stream = createStream(desk);
    const { raw, parts } = listener();
    stream.join(raw);
    await clock.advance(15_000);
    expect(kinds(parts)).toContain(': still here');
    stream.close();
  });

  it('lets go of a listener that does not keep up, and only of that one', async () => {
    const stream = createStream(desk);
    const [slow, quick] = [listener(true), listener()];
    stream.join(slow.raw);
    stream.join(quick.raw);
    await clock.settle();
    for (let count = 0; count < 3_000; count += 1) {
      desk.work.bus.publish({
        kind: 'anomaly',
        change: 'joined',
        anomaly: anomalyAs({ status: 'detected' }),
      });
      if (count % 500 === 0) await clock.settle();
    }
    await clock.settle();
    expect([slow.response.destroyed, quick.response.destroyed, stream.listeners()]).toEqual([true, false, 1]);
    expect(slow.response.writableLength).toBeLessThan(1.1 * 1024 * 1024);
    stream.close();
  });

  it('works only while someone listens', async () => {
    const signals: AbortSignal[] = [];
    const { bus } = desk.work;
    const counted: typeof bus = {
      publish: (change) => bus.publish(change),
      subscribe(signal) {
        signals.push(signal);
        return bus.subscribe(signal);
      },
    };
    const stream = createStream({ ...desk, work: { ...desk.work, bus: counted } });
    const [first, other] = [listener(), listener()];
    stream.join(first.raw);
    stream.join(other.raw);
    await clock.settle();
    first.response.destroy();
    expect(signals.map((signal) => signal.aborted)).toEqual([false]);
    other.response.destroy();
    await clock.advance(5_000);
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
    expect(first.parts).toHaveLength(1);
    const second = listener();
    stream.join(second.raw);
    await clock.advance(1_000);
    expect(kinds(second.parts)).toEqual(['status', 'status']);
    stream.close();
    expect(stream.listeners()).toBe(0);
  });
});
