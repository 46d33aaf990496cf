import { describe, expect, it } from 'vitest';
import type { MetricRecord } from '../../../src/domain/event.ts';
import { HOUR_MS, type Rollup } from '../../../src/domain/rollup.ts';
import { pipelineOf, pushLines, requestLine } from '../../support/log-lines.ts';

const HOUR = 300_000 * HOUR_MS;

const point = (time: number, value: number): MetricRecord => ({
  ...{ type: 'metric', timestamp: time, metadata: { disk: 'sda' } },
  data: { metricName: 'io', value },
});

/** Points every minute over hours, each its own minute. */
const points = (hours: number) =>
  Array.from({ length: hours * 60 }, (_, i) => point(HOUR + i * 60_000, i % 60));

const push = (pipeline: ReturnType<typeof pipelineOf>, records: readonly MetricRecord[], from = 0) =>
  pipeline.push({
    ...{ stream: 's', records, marks: null, receivedAt: HOUR },
    offsets: records.map((_, i) => from + i),
  });

const hourOf = (n: number, count = 60): Rollup => ({
  ...{ series: 'io disk=sda', hour: HOUR + n * HOUR_MS, count, min: 0, max: count - 1 },
  sum: (count * (count - 1)) / 2,
});

describe('hours of series', () => {
  it('are said once each hour is over, with all its points', () => {
    const pipeline = pipelineOf();
    push(pipeline, points(3));
    expect(pipeline.rolledUp()).toEqual([hourOf(0), hourOf(1)]);
    expect(pipeline.rolledUp()).toEqual([]);
  });

  it('are the same when the pipeline is restored at any commit between', () => {
    const all = points(3);
    for (const cut of [1, 59, 60, 61, 100, 120, 179]) {
      const memory = new Map<string, Uint8Array>();
      const seen: Rollup[] = [];
      const first = pipelineOf();
      for (const [from, to] of [
        [0, cut >> 1],
        [cut >> 1, cut],
      ] as const) {
        push(first, all.slice(from, to), from);
        seen.push(...first.rolledUp());
        for (const [part, bytes] of first.changes()) {
          if (bytes === null) memory.delete(part);
          else memory.set(part, bytes);
        }
      }
      const second = pipelineOf();
      second.restore(memory);
      push(second, all.slice(cut), cut);
      seen.push(...second.rolledUp());
      expect(seen).toEqual([hourOf(0), hourOf(1)]);
    }
  });

  it('are made of what log lines measure and of how often they come', () => {
    const pipeline = pipelineOf({ bucketSeconds: 10 });
    const lines = Array.from({ length: 3 * 360 }, (_, i) => requestLine(HOUR + i * 10_000, '/a', 5));
    pushLines(pipeline, lines);
    const rolled = pipeline.rolledUp().filter(({ hour }) => hour === HOUR);
    const events = rolled.find(({ series }) => series === 'events');
    expect(events).toMatchObject({ count: 360, sum: 360, min: 1, max: 1 });
    const duration = rolled.find(({ series }) => series === 'duration_ms');
    expect(duration).toMatchObject({ count: 360, sum: 360 * 5, min: 5, max: 5 });
  });
});
