import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogs } from '../../../../../src/adapters/sources/otlp/logs.ts';
import { metricReader } from '../../../../../src/adapters/sources/otlp/metrics/metrics.ts';
import { readTraces } from '../../../../../src/adapters/sources/otlp/traces.ts';
import {
  logsRequest,
  metricsRequest,
  tracesRequest,
} from '../../../../../src/adapters/sources/otlp/wire/wire.ts';
import { traceInFields } from '../../../../../src/pipeline/traces/parse.ts';

const NOW = 1_790_000_000_000;

function log(record: object, resource: object = {}) {
  const request = { resourceLogs: [{ resource, scopeLogs: [{ logRecords: [record] }] }] };
  const [made] = readLogs(logsRequest.parse(request), NOW).records;
  return made?.type === 'log' ? made : null;
}

function spans(span: object) {
  const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  return readTraces(tracesRequest.parse(request), NOW).records;
}

describe('a log record', () => {
  it.each([
    [1, '', 'trace'],
    [8, '', 'debug'],
    [9, '', 'info'],
    [16, '', 'warn'],
    [17, 'Information', 'error'],
    [24, '', 'fatal'],
    [0, 'Warning', 'warn'],
    [0, 'whatever', null],
    [99, '', null],
  ])('of severity %i %s has level %s', (severityNumber, severityText, level) => {
    expect(log({ severityNumber, severityText, body: { stringValue: 'x' } })?.data.level).toBe(level);
  });

  it('has whole numbers alike, as text or number, and keeps as text what a double cannot hold', () => {
    const attributes = [
      { key: 'a', value: { intValue: 500 } },
      { key: 'b', value: { intValue: '500' } },
      { key: 'c', value: { intValue: '1234567890123456789' } },
      { key: '__proto__', value: { kvlistValue: { values: [{ key: 'd', value: { boolValue: true } }] } } },
      { key: 'e', value: null },
    ];
    const fields = log({ body: { stringValue: 'x' }, attributes })?.data.fields;
    expect(Object.entries(fields ?? {})).toEqual([
      ['a', 500],
      ['b', 500],
      ['c', '1234567890123456789'],
      ['__proto__', { d: true }],
      ['e', null],
    ]);
  });

  it('has the time it carries, else when it was observed, else now', () => {
    const body = { stringValue: 'x' };
    expect(log({ body, timeUnixNano: '1790000000123456789', observedTimeUnixNano: 5 })?.timestamp).toBe(
      1_790_000_000_123,
    );
    expect(log({ body, observedTimeUnixNano: 1_790_000_000_123_000_000 })?.timestamp).toBe(1_790_000_000_123);
    expect(log({ body, timeUnixNano: 1e300 })?.timestamp).toBe(NOW);
  });

  it('has ids as hex, whether they were hex or bytes; zeros are none', () => {
    const hex = '0af7651916cd43dd8448eb211c80319c';
    const ids = (traceId: unknown) => log({ body: { stringValue: 'x' }, traceId })?.data.fields?.['trace_id'];
    expect([ids(hex.toUpperCase()), ids(Buffer.from(hex, 'hex'))]).toEqual([hex, hex]);
    expect([ids('0'.repeat(32)), ids(''), ids('no hex')]).toEqual([undefined, undefined, undefined]);
  });

  it('tells of its service, environment and host alone', () => {
    const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    const attributes = [
      text('service.name', 'shop'),
      text('deployment.environment', 'old'),
      text('deployment.environment.name', 'prod'),
      text('host.name', 'h1'),
      text('process.command_line', 'node --token=x'),
    ];
    expect(log({ body: { stringValue: 'x' } }, { attributes })?.metadata).toEqual({
      'deployment.environment': 'prod',
      'host.name': 'h1',
      'service.name': 'shop',
    });
  });

  it('is an exception when its body is one, as collectors send it', () => {
    const stack =
      'TypeError: x is undefined\n    at pay (/srv/shop/pay.js:7:3)\n    at main (/srv/shop/a.js:1:1)';
    const made = log({ severityNumber: 17, body: { stringValue: stack } });
    expect(made?.data.message).toBe('TypeError: x is undefined');
    expect(traceInFields(made?.data.fields ?? {})).toMatchObject({
      errorType: 'TypeError',
      frames: [{}, {}],
    });
  });

  it('without a body is called by its event or its exception', () => {
    expect(log({ eventName: 'cart.emptied' })?.data).toMatchObject({
      message: 'cart.emptied',
      fields: { event_name: 'cart.emptied' },
    });
    const attributes = [{ key: 'exception.type', value: { stringValue: 'Timeout' } }];
    expect(log({ attributes })?.data.message).toBe('Timeout');
  });
});

describe('a span', () => {
  const time = { startTimeUnixNano: '1790000000000000000', endTimeUnixNano: '1790000000001500000' };

  it('that went well has no level, and its status where it is no HTTP request', () => {
    expect(spans({ ...time, name: 'charge', kind: 3, status: { code: 1 } })).toEqual([
      {
        type: 'log',
        timestamp: 1_790_000_000_002,
        metadata: {},
        data: {
          message: 'charge',
          level: null,
          fields: { duration_ms: 1.5, status: 'ok', kind: 'client', operation: 'charge' },
        },
      },
    ]);
  });

  it('that has survived an exception tells of it as a warning', () => {
    const events = [{ name: 'exception', attributes: [] }, { name: 'cache miss' }];
    expect(spans({ ...time, name: 'charge', events })).toMatchObject([
      { data: { message: 'exception', level: 'warn', fields: { span: 'charge' } } },
      { data: { message: 'charge' } },
    ]);
  });

  it('that ends before it began took no time', () => {
    const [made] = spans({ name: 'x', startTimeUnixNano: '2000000000', endTimeUnixNano: '1000000000' });
    expect(made).toMatchObject({ data: { fields: { duration_ms: 0 } } });
  });
});

describe('what anybody may send', () => {
  const NAMES =
    'resourceLogs scopeLogs logRecords resourceSpans scopeSpans spans resourceMetrics scopeMetrics metrics name gauge sum ' +
    'histogram exponentialHistogram summary dataPoints attributes key value body stringValue intValue kvlistValue values ' +
    'timeUnixNano asDouble bucketCounts explicitBounds positive offset scale count aggregationTemporality quantileValues ' +
    'events status code traceId';
  const key = fc.constantFrom(...NAMES.split(' '));
  const leaf = fc.oneof(fc.string(), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 6 }),
    ),
  }));

  it('is read or refused, and never more than that', () => {
    fc.assert(
      fc.property(any, (sent) => {
        const shells = [
          sent,
          { resourceLogs: [{ scopeLogs: [{ logRecords: [sent] }] }] },
          { resourceSpans: [{ scopeSpans: [{ spans: [sent] }] }] },
          { resourceMetrics: [{ scopeMetrics: [{ metrics: [sent] }] }] },
        ];
        for (const shell of shells) {
          const logs = logsRequest.safeParse(shell);
          if (logs.success) readLogs(logs.data, NOW);
          const traces = tracesRequest.safeParse(shell);
          if (traces.success) readTraces(traces.data, NOW);
          const metrics = metricsRequest.safeParse(shell);
          const made = metrics.success ? metricReader().read(metrics.data, NOW).records : [];
          for (const { timestamp } of made) expect(new Date(timestamp).getTime()).toBe(timestamp);
        }
      }),
      { numRuns: 500 },
    );
  });
});
