import { describe, expect, it } from 'vitest';
import { type Polled, polled } from '../../../../src/adapters/sources/poll.ts';
import type { MetricRecord } from '../../../../src/domain/event.ts';
import type { Cursor } from '../../../../src/ports/source.ts';
import { startReading } from '../../../support/reading.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

const point = (value: number): MetricRecord => ({
  type: 'metric',
  timestamp: 0,
  metadata: {},
  data: { metricName: 'up', value },
});
const points = (count: number): Polled => ({
  records: Array.from({ length: count }, (_, i) => point(i)),
  problem: null,
});

function polling(answer: (beat: number) => Polled | Promise<Polled>, from: readonly Cursor[] = []) {
  const clock = virtualClock();
  const begun = clock.now();
  const beats: number[] = [];
  const source = polled('host', {
    intervalMs: 10_000,
    clock,
    poll: async (_, now) => {
      beats.push((now - begun) / 1000);
      return answer(beats.length);
    },
  });
  return { clock, source, beats, reading: startReading(source, from) };
}

describe('a polled source', () => {
  it('asks at once and then at every beat', async () => {
    const { clock, beats, reading } = polling(() => points(1));
    await clock.advance(35_000);
    expect(beats).toEqual([0, 10, 20, 30]);
    expect(reading.batches).toHaveLength(4);
    await reading.stop();
  });

  it('counts its records on, through restarts too', async () => {
    const first = polling(() => points(2));
    await first.clock.advance(10_000);
    await first.reading.stop();
    expect(first.reading.cursors()).toEqual([{ stream: 'host', offset: 4, mark: null }]);
    const second = polling(() => points(1), first.reading.cursors());
    await second.clock.settle();
    expect(second.reading.batches[0]?.offsets).toEqual([4]);
    await second.reading.stop();
  });

  it('yields at most 4,096 records at once', async () => {
    const { clock, reading } = polling(() => points(10_000));
    await clock.settle();
    expect(reading.batches.map(({ records }) => records.length)).toEqual([4096, 4096, 1808]);
    expect(reading.batches.flatMap(({ offsets }) => offsets)).toEqual(
      Array.from({ length: 10_000 }, (_, i) => i),
    );
    await reading.stop();
  });

  it('skips beats while a poll takes long, and keeps to the beat after it', async () => {
    const slow = Promise.withResolvers<Polled>();
    const { clock, source, beats, reading } = polling((beat) => (beat === 1 ? slow.promise : points(1)));
    await clock.advance(23_000);
    expect(source.health()).toMatchObject({ state: 'failing', lastError: 'no answer for 20 s' });
    slow.resolve(points(1));
    await clock.advance(10_000);
    expect(beats).toEqual([0, 30]);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    await reading.stop();
  });

  it('says what failed, and asks again', async () => {
    const { clock, source, reading } = polling((beat) => {
      if (beat === 1) throw new Error('connection refused by https://me:hunter2secret@shop.example/metrics');
      return points(1);
    });
    await clock.settle();
    expect(source.health()).toMatchObject({ state: 'failing' });
    expect(source.health().lastError).toMatch(/^connection refused/);
    expect(source.health().lastError).not.toContain('hunter2secret');
    await clock.advance(10_000);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    expect(reading.batches).toHaveLength(1);
    await reading.stop();
  });

  it('delivers what it has beside a problem', async () => {
    const { clock, source, reading } = polling(() => ({ ...points(1), problem: 'one target is down' }));
    await clock.settle();
    expect(reading.batches).toHaveLength(1);
    expect(source.health()).toMatchObject({ state: 'failing', lastError: 'one target is down' });
    await reading.stop();
  });

  it('ends soon after the signal aborts, in the middle of a poll too', async () => {
    const { clock, source, reading } = polling(() => new Promise(() => {}));
    await clock.settle();
    await reading.stop();
    expect(source.health().state).toBe('ended');
  });

  it('goes on when the clock is set back', async () => {
    let now = 1_000_000;
    const clock = virtualClock();
    let beats = 0;
    const source = polled('host', {
      intervalMs: 10_000,
      clock: { now: () => now, sleep: clock.sleep },
      poll: async () => {
        beats += 1;
        return points(1);
      },
    });
    const reading = startReading(source);
    await clock.settle();
    now = 3_000;
    await clock.advance(10_000);
    await clock.advance(10_000);
    expect(beats).toBeGreaterThanOrEqual(3);
    await reading.stop();
  });
});
