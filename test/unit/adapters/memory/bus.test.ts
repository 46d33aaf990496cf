import { describe, expect, it } from 'vitest';
import { memoryBus } from '../../../../src/adapters/memory/bus.ts';
import type { Change } from '../../../../src/ports/bus.ts';
import { anomalyAs } from '../../../support/nouns.ts';

const change = (name: string): Change => ({
  kind: 'anomaly',
  change: 'opened',
  anomaly: anomalyAs({ status: 'detected' }, name),
});
const nameOf = (seen: Change): string => (seen.kind === 'anomaly' ? seen.anomaly.fingerprint : seen.kind);

async function take(changes: AsyncIterable<Change>, count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const seen of changes) {
    names.push(nameOf(seen));
    if (names.length === count) break;
  }
  return names;
}

describe('the bus of one process', () => {
  it('brings every change to every reader, in order, from when it subscribed', async () => {
    const bus = memoryBus();
    const signal = new AbortController().signal;
    bus.publish(change('before'));
    const one = bus.subscribe(signal);
    bus.publish(change('a'));
    const two = bus.subscribe(signal);
    bus.publish(change('b'));
    expect(await take(one, 2)).toEqual(['a', 'b']);
    expect(await take(two, 1)).toEqual(['b']);
  });

  it('wakes a reader that waits', async () => {
    const bus = memoryBus();
    const reading = take(bus.subscribe(new AbortController().signal), 1);
    bus.publish(change('a'));
    expect(await reading).toEqual(['a']);
  });

  it('lets a slow reader lose the oldest beyond 1,000', async () => {
    const bus = memoryBus();
    const slow = bus.subscribe(new AbortController().signal);
    for (let n = 1; n <= 1_005; n += 1) bus.publish(change(`${n}`));
    const seen = await take(slow, 1_000);
    expect([seen[0], seen.at(-1)]).toEqual(['6', '1005']);
  });

  it('ends a subscription when its signal aborts, waiting or not', async () => {
    const bus = memoryBus();
    const abort = new AbortController();
    const waiting = take(bus.subscribe(abort.signal), 9);
    abort.abort();
    expect(await waiting).toEqual([]);
    expect(await take(bus.subscribe(abort.signal), 9)).toEqual([]);
  });
});
