import { describe, expect, it } from 'vitest';
import { readTraces } from '../../../../src/adapters/sources/otlp/traces.ts';
import { tracesRequest } from '../../../../src/adapters/sources/otlp/wire/wire.ts';
import type { LogRecord } from '../../../../src/domain/event.ts';
import type { Pipeline } from '../../../../src/pipeline/pipeline.ts';
import { openings, pipelineOf, sequence, T0 } from '../../../support/log-lines.ts';

interface Call {
  readonly service: string;
  readonly name: string;
  readonly ms: number;
  readonly isFailed: boolean;
}

/** A finished call as an OTLP exporter sends it. */
function span({ service, name, ms, isFailed }: Call, end: number) {
  const attributes = [{ key: 'service.name', value: { stringValue: service } }];
  const spans = [
    {
      name: 'GET',
      kind: 2,
      startTimeUnixNano: `${Math.round((end - ms) * 1000)}000`,
      endTimeUnixNano: `${end}000000`,
      attributes: [
        { key: 'http.route', value: { stringValue: name } },
        { key: 'http.response.status_code', value: { intValue: isFailed ? '503' : '200' } },
      ],
      status: { code: isFailed ? 2 : 0 },
    },
  ];
  return { resource: { attributes }, scopeSpans: [{ spans }] };
}

/** Four calls a second: two services, the same two routes each. */
function spans(seconds: number, change: (call: Call, second: number) => Partial<Call>): readonly LogRecord[] {
  const random = sequence(4);
  const resourceSpans = Array.from({ length: seconds * 4 }, (_, i) => {
    const service = ['shop', 'stock'][i % 2] ?? '';
    const name = ['/cart', '/items'][(i >> 1) % 2] ?? '';
    const call = { service, name, ms: 20 + 10 * random(), isFailed: false };
    return span({ ...call, ...change(call, Math.floor(i / 4)) }, T0 + i * 250);
  });
  return readTraces(tracesRequest.parse({ resourceSpans }), T0).records.filter((one) => one.type === 'log');
}

function found(records: readonly LogRecord[], pipeline: Pipeline = pipelineOf()) {
  const offsets = records.map((_, i) => i);
  return openings(pipeline.push({ stream: 's', records, offsets, marks: null, receivedAt: T0 }).sightings);
}

const isCart = ({ service, name }: Call, second: number) =>
  second >= 900 && service === 'shop' && name === '/cart';

describe('spans of OTLP', () => {
  it('say which operation of which service became slow', () => {
    const slow = spans(1200, (call, second) => (isCart(call, second) ? { ms: call.ms * 8 } : {}));
    const pipeline = pipelineOf();
    expect(found(slow, pipeline)).toMatchObject([
      { kind: 'metric', metricName: 'duration_ms', sample: { labels: { dimension: 'shop GET /cart' } } },
    ]);
    expect(pipeline.training().map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'duration_ms',
        ...['shop GET /cart', 'shop GET /items', 'stock GET /cart', 'stock GET /items'].flatMap(
          (operation) => [`duration_ms ${operation}`, `status 5xx ${operation}`],
        ),
      ]),
    );
  });

  it('say which operation fails', () => {
    const failing = spans(1200, (call, second) => (isCart(call, second) ? { isFailed: true } : {}));
    const [first, ...others] = found(failing);
    expect(others).toEqual([]);
    expect(first?.title).toMatch(/GET \/cart/);
  });

  it('say which operation is not called any more', () => {
    const fewer = spans(3 * 3600, () => ({})).filter(
      ({ data, timestamp }) => timestamp < T0 + 2 * 3_600_000 || data.message !== 'GET /items',
    );
    expect(found(fewer, pipelineOf({ bucketSeconds: 10 }))).toMatchObject([
      { detectionAlgorithms: ['absence'], sample: { template: 'GET /items' } },
    ]);
  });

  it('say nothing while all is as usual', () => {
    expect(found(spans(1200, () => ({})))).toEqual([]);
  });
});
