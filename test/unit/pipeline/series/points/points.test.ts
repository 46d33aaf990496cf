import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../../../src/detectors/memory/numbers.ts';
import type { MetricRecord } from '../../../../../src/domain/event.ts';
import { type Points, pointSeries } from '../../../../../src/pipeline/series/points/points.ts';
import { writeSeries } from '../../../../../src/pipeline/series/series.ts';
import { openings, pipelineOf, sequence, T0 } from '../../../../support/log-lines.ts';

const BOUNDS = { mostSeries: 400, logged: 2_000 };

/** One scrape of so many series; some are missing now and then. */
function scrape(points: Points, n: number, count: number): readonly number[] {
  const random = sequence(n);
  return Array.from({ length: count }, (_, i) => {
    const value = 10 + (i % 9) + random() * 3 + (n > 30 && i === 7 ? 500 : 0);
    if (random() < 0.1) return 0;
    const series = points.series('requests', { host: `h${i}`, path: '/a' });
    return series === null
      ? -1
      : points.judge(series, { time: T0 + n * 15_000, value }, 'noteworthy').confidence;
  });
}

/** What all series have learnt. */
function learnt(points: Points) {
  return points.all().map((one) => [one.name.dimension, ...numbersOf((to) => writeSeries(one, to))]);
}

function save(points: Points, memory: Map<string, Uint8Array>): void {
  for (const [part, bytes] of points.changes()) {
    if (bytes === null) memory.delete(part);
    else memory.set(part, bytes);
  }
}

describe('series that arrive as points', () => {
  it('go on after a restore at any commit as if nothing had been', () => {
    const whole = pointSeries(BOUNDS);
    const memory = new Map<string, Uint8Array>();
    let most = 0;
    for (let n = 0; n < 40; n += 1) {
      // New series come in the middle, and points that no commit has seen are lost with the process.
      const count = n < 20 ? 150 : 300;
      scrape(whole, n, count);
      save(whole, memory);
      most = Math.max(most, memory.size);
      if (n % 6 !== 5) continue;
      const twin = pointSeries(BOUNDS);
      twin.restore(new Map(memory));
      expect(learnt(twin)).toEqual(learnt(whole));
      expect(scrape(twin, n + 1, count)).toEqual(scrape(pointsFrom(memory), n + 1, count));
    }
    // Three shards with their names, and the log: it does not grow for ever.
    expect(most).toBeLessThan(30);
  });

  function pointsFrom(memory: ReadonlyMap<string, Uint8Array>): Points {
    const points = pointSeries(BOUNDS);
    points.restore(memory);
    return points;
  }

  it('are saved a little at a time, however long they have learnt', () => {
    const points = pointSeries({ mostSeries: 500, logged: 5000 });
    const sizes = Array.from({ length: 120 }, (_, n) => {
      scrape(points, n, 500);
      return [...points.changes().values()].reduce((sum, bytes) => sum + (bytes?.byteLength ?? 0), 0);
    });
    expect(points.changes().size).toBe(0);
    // All of them would be about ten megabytes.
    expect(Math.max(...sizes.slice(1))).toBeLessThan(2_000_000);
  });

  it('restored again and again, in other processes, are still the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 2, maxLength: 5 }), (restarts) => {
        const whole = pointSeries(BOUNDS);
        let points = pointSeries(BOUNDS);
        const memory = new Map<string, Uint8Array>();
        restarts.forEach((commits, i) => {
          for (let k = 0; k <= commits; k += 1) {
            scrape(whole, i * 10 + k, 140);
            scrape(points, i * 10 + k, 140);
            save(points, memory);
          }
          points = pointsFrom(memory);
        });
        expect(learnt(points)).toEqual(learnt(whole));
      }),
      { numRuns: 100 },
    );
  });

  it('beyond the last have none, and their points are counted', () => {
    const points = pointSeries({ mostSeries: 5, logged: 100 });
    const hosts = Array.from({ length: 8 }, (_, i) => points.series('requests', { host: `h${i}` }));
    expect(hosts.map((one) => one?.place ?? null)).toEqual([0, 1, 2, 3, 4, null, null, null]);
    expect(points.series('requests', { host: 'h6' })).toBeNull();
    expect(points.series('requests', { host: 'h2' })?.place).toBe(2);
    expect([points.all().length, points.dropped]).toEqual([5, 4]);
  });

  it('are told apart by their labels, in whatever order, without what is secret in them', () => {
    const points = pointSeries();
    const name = (labels: Readonly<Record<string, string>>) => points.series('m', labels)?.name.dimension;
    expect(name({ b: '2', a: '1' })).toBe('a=1 b=2');
    expect(name({ a: '1', b: '2' })).toBe('a=1 b=2');
    expect(points.all()).toHaveLength(1);
    expect(name({})).toBeNull();
    expect(name({ user: 'ann@example.com' })).toBe('user=<REDACTED:email>');
    const long = 'x/'.repeat(150);
    expect(name({ path: `${long}1` })?.length).toBe(200);
    expect(name({ path: `${long}1` })).not.toBe(name({ path: `${long}2` }));
    // The same metric and labels, after another series and after none.
    expect(name({ a: '1', b: '2' })).toBe('a=1 b=2');
    expect(name({ a: '1', b: '2', c: '3' })).toBe('a=1 b=2 c=3');
    expect(name({ a: '1' })).toBe('a=1');
  });
});

describe('points in a pipeline', () => {
  const record = (n: number, value: number): MetricRecord => ({
    type: 'metric',
    timestamp: T0 + n * 10_000,
    metadata: { host: 'a' },
    data: { metricName: 'queue', value },
  });
  const push = (pipeline: ReturnType<typeof pipelineOf>, records: readonly MetricRecord[]) =>
    pipeline.push({
      stream: 's',
      records,
      offsets: records.map((_, i) => i),
      marks: null,
      receivedAt: T0,
    });

  it('open an episode when they leave their range, and say what it was', () => {
    const pipeline = pipelineOf();
    const random = sequence(3);
    push(
      pipeline,
      Array.from({ length: 200 }, (_, n) => record(n, 10 + random())),
    );
    const [opened] = openings(
      push(
        pipeline,
        Array.from({ length: 8 }, (_, n) => record(200 + n, 90)),
      ).sightings,
    );
    expect(opened).toMatchObject({
      fingerprint: 'metric:app:queue host=a',
      metricName: 'queue',
      metricValue: 90,
      detectionAlgorithms: expect.arrayContaining(['iqr', 'moving-average-6']),
    });
    expect(opened?.expectedRange?.[1]).toBeLessThan(20);
    expect(pipeline.totals()).toMatchObject({ series: 1, dropped: 0 });
  });

  it('that come late happened then, not now', () => {
    const pipeline = pipelineOf();
    const random = sequence(4);
    push(pipeline, [{ ...record(100_000, 1), metadata: { host: 'b' } }]);
    push(
      pipeline,
      Array.from({ length: 150 }, (_, n) => record(n, 10 + random())),
    );
    const [opened] = openings(
      push(
        pipeline,
        Array.from({ length: 8 }, (_, n) => record(150 + n, 90)),
      ).sightings,
    );
    expect(opened?.timestamp).toBeLessThan(T0 + 160 * 10_000);
    expect(opened?.timestamp).toBeGreaterThanOrEqual(T0 + 150 * 10_000);
  });
});
