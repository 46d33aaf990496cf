import { describe, expect, it } from 'vitest';
import {
  type MetricReader,
  metricReader,
} from '../../../../../../src/adapters/sources/otlp/metrics/metrics.ts';
import { recent } from '../../../../../../src/adapters/sources/otlp/metrics/recent.ts';
import { metricsRequest } from '../../../../../../src/adapters/sources/otlp/wire/wire.ts';

const RESOURCE = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
const nanos = (second: number) => String(second * 1e9);

/** One export of some metrics; kept unless said otherwise. */
function read(reader: MetricReader, metrics: readonly object[], kept = true) {
  const request = { resourceMetrics: [{ resource: RESOURCE, scopeMetrics: [{ metrics }] }] };
  const understood = reader.read(metricsRequest.parse(request), 0);
  if (kept) understood.keep();
  return understood;
}

function valuesOf(understood: ReturnType<typeof read>): Record<string, number> {
  return Object.fromEntries(
    understood.records.flatMap((one) =>
      one.type === 'metric' ? [[one.data.metricName, one.data.value] as const] : [],
    ),
  );
}

const attributesOf = (labels: Record<string, string>) =>
  Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } }));

interface Point {
  readonly start?: number;
  readonly time: number;
  readonly value: number;
  readonly labels?: Record<string, string>;
}

function sum(temporality: number, { start = 1, time, value, labels = {} }: Point, isMonotonic = true) {
  const point = {
    startTimeUnixNano: nanos(start),
    timeUnixNano: nanos(time),
    asInt: value,
    attributes: attributesOf(labels),
  };
  return { name: 'orders', sum: { aggregationTemporality: temporality, isMonotonic, dataPoints: [point] } };
}
const counter = (point: Point) => sum(2, point);

describe('a cumulative counter', () => {
  it('becomes a rate from its second point on', () => {
    const reader = metricReader();
    expect(valuesOf(read(reader, [counter({ time: 100, value: 50 })]))).toEqual({});
    expect(valuesOf(read(reader, [counter({ time: 110, value: 80 })]))).toEqual({ 'orders.rate': 3 });
  });

  it('goes on after a restart of its process, told by its start or by a smaller count', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 50 })]);
    const told = read(reader, [counter({ start: 105, time: 110, value: 60 })]);
    expect(valuesOf(told)).toEqual({ 'orders.rate': 6 });
    const shrunk = read(reader, [counter({ start: 105, time: 120, value: 20 })]);
    expect(valuesOf(shrunk)).toEqual({ 'orders.rate': 2 });
  });

  it('says nothing twice, whether a point is sent again or overtaken', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 50 })]);
    read(reader, [counter({ time: 110, value: 80 })]);
    expect(valuesOf(read(reader, [counter({ time: 110, value: 80 })]))).toEqual({});
    expect(valuesOf(read(reader, [counter({ time: 105, value: 70 })]))).toEqual({});
    expect(valuesOf(read(reader, [counter({ time: 120, value: 90 })]))).toEqual({ 'orders.rate': 1 });
  });

  it('that is new since the last export has all its count since then', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 50 })]);
    const failed = counter({ start: 108, time: 110, value: 20, labels: { status: '500' } });
    expect(valuesOf(read(reader, [counter({ time: 110, value: 50 }), failed]))).toEqual({ 'orders.rate': 2 });
  });

  it('that is new to us but not to its process has no rate yet', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 50 })]);
    const old = counter({ start: 1, time: 110, value: 9000, labels: { status: '500' } });
    expect(read(reader, [old]).records).toEqual([]);
  });

  it('is one series whatever the order of its attributes, and not that of another resource', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 1, labels: { a: '1', b: '2' } })]);
    const again = counter({ time: 101, value: 3, labels: { b: '2', a: '1' } });
    expect(valuesOf(read(reader, [again]))).toEqual({ 'orders.rate': 2 });
    const other = { attributes: attributesOf({ 'service.name': 'mail' }) };
    const request = {
      resourceMetrics: [
        {
          resource: other,
          scopeMetrics: [{ metrics: [counter({ time: 102, value: 900, labels: { a: '1', b: '2' } })] }],
        },
      ],
    };
    expect(reader.read(metricsRequest.parse(request), 0).records).toEqual([]);
  });

  it('is read anew when the records were not kept', () => {
    const reader = metricReader();
    read(reader, [counter({ time: 100, value: 50 })]);
    read(reader, [counter({ time: 110, value: 80 })], false);
    expect(valuesOf(read(reader, [counter({ time: 110, value: 80 })]))).toEqual({ 'orders.rate': 3 });
  });
});

describe('other sums', () => {
  it('a delta is a rate over its own interval', () => {
    expect(valuesOf(read(metricReader(), [sum(1, { start: 100, time: 110, value: 30 })]))).toEqual({
      'orders.rate': 3,
    });
  });

  it('what goes up and down is a gauge', () => {
    expect(valuesOf(read(metricReader(), [sum(2, { time: 100, value: -4 }, false)]))).toEqual({ orders: -4 });
  });
});

describe('distributions', () => {
  const histogram = (time: number, count: number, bucketCounts: readonly number[], total: number) => ({
    name: 'duration',
    histogram: {
      aggregationTemporality: 2,
      dataPoints: [
        {
          startTimeUnixNano: nanos(1),
          timeUnixNano: nanos(time),
          count: String(count),
          sum: total,
          bucketCounts: bucketCounts.map(String),
          explicitBounds: [10, 20],
        },
      ],
    },
  });

  it('tell of what came since the last point, not of all time', () => {
    const reader = metricReader();
    read(reader, [histogram(100, 1000, [1000, 0, 0], 5000)]);
    const values = valuesOf(read(reader, [histogram(110, 1100, [1000, 100, 0], 6500)]));
    expect(values).toEqual({
      'duration.count': 10,
      'duration.mean': 15,
      'duration.p50': 15,
      'duration.p95': 19.5,
      'duration.p99': 19.9,
    });
    expect(valuesOf(read(reader, [histogram(120, 1100, [1000, 100, 0], 6500)]))).toEqual({
      'duration.count': 0,
    });
  });

  it('with bounds that do not fit are not used', () => {
    const { rejected, reason } = read(metricReader(), [histogram(100, 1, [1, 0], 5)]);
    expect([rejected, reason]).toEqual([1, 'the bounds of a histogram do not fit its buckets (1)']);
  });

  it('keep comparing when exponential buckets become coarser', () => {
    const reader = metricReader();
    const exponential = (time: number, scale: number, offset: number, bucketCounts: readonly number[]) => ({
      name: 'size',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            startTimeUnixNano: nanos(1),
            timeUnixNano: nanos(time),
            count: bucketCounts.reduce((all, one) => all + one, 0),
            scale,
            positive: { offset, bucketCounts },
          },
        ],
      },
    });
    read(reader, [exponential(100, 1, 0, [5, 5, 5, 5])]);
    const values = valuesOf(read(reader, [exponential(110, 0, 0, [10, 10, 0, 100])]));
    expect(values['size.count']).toBe(10);
    expect(values['size.p50']).toBe(12); // the middle of (8, 16]
  });

  it('a summary gives its own quantiles', () => {
    const summary = (time: number, count: number) => ({
      name: 'gc',
      summary: {
        dataPoints: [
          {
            timeUnixNano: nanos(time),
            count,
            sum: count * 2,
            quantileValues: [
              { quantile: 0, value: 1 },
              { quantile: 0.5, value: 2 },
              { quantile: 0.999, value: 8 },
              { quantile: 1, value: 9 },
              { quantile: 0.9, value: 'NaN' },
            ],
          },
        ],
      },
    });
    const reader = metricReader();
    const quantiles = { 'gc.min': 1, 'gc.p50': 2, 'gc.p99.9': 8, 'gc.max': 9 };
    expect(valuesOf(read(reader, [summary(100, 10)]))).toEqual(quantiles);
    expect(valuesOf(read(reader, [summary(110, 30)]))).toEqual({ ...quantiles, 'gc.count': 2, 'gc.mean': 2 });
  });
});

describe('points', () => {
  it('are named by what names a series, not by what names a request', () => {
    const labels = {
      'http.route': '/orders/:id',
      'order.id': '7',
      userId: 'u1',
      'url.full': 'http://x/1',
      'client.address': '10.0.0.1',
      build: '0123456789abcdef0123',
      shard: '3',
    };
    const gauge = {
      name: 'x',
      gauge: { dataPoints: [{ timeUnixNano: nanos(1), asDouble: 1, attributes: attributesOf(labels) }] },
    };
    expect(read(metricReader(), [gauge]).records[0]?.metadata).toEqual({
      'http.route': '/orders/:id',
      'service.name': 'shop',
      shard: '3',
    });
  });

  it('that say that there is none are neither used nor rejected', () => {
    const gauge = { name: 'x', gauge: { dataPoints: [{ timeUnixNano: nanos(1), flags: 1 }] } };
    expect(read(metricReader(), [gauge])).toMatchObject({ records: [], rejected: 0 });
  });
});

describe('the memory of series', () => {
  it('forgets what was not set for longest', () => {
    const memory = recent<number>(2);
    for (const [key, value] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
      ['c', 4],
    ] as const) {
      const turn = memory.begin();
      turn.set(key, value);
      turn.keep();
    }
    const turn = memory.begin();
    expect([memory.size, turn.get('a'), turn.get('b'), turn.get('c')]).toEqual([2, 3, null, 4]);
  });
});
