import { gzipSync } from 'node:zlib';
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http';
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto';
import {
  AggregationTemporalityPreference,
  OTLPMetricExporter as JsonMetrics,
} from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtoTraces } from '@opentelemetry/exporter-trace-otlp-proto';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { otlpSourceSchema } from '../../../src/adapters/sources/otlp/options.ts';
import { otlpReceiver } from '../../../src/adapters/sources/otlp/receiver.ts';
import { loadProtobuf } from '../../../src/adapters/sources/otlp/wire/protobuf.ts';
import { VigilError } from '../../../src/domain/errors.ts';
import type { LogRecord, MetricRecord } from '../../../src/domain/event.ts';
import { traceInFields } from '../../../src/pipeline/traces/parse.ts';
import { type CollectedIntake, collectedIntake } from '../../support/collected-intake.ts';
import { receiverDeps } from '../../support/receiver-deps.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).toReversed()) await close();
});

async function listening(
  some: object = {},
): Promise<{ readonly intake: CollectedIntake; readonly address: string }> {
  const intake = collectedIntake();
  const options = otlpSourceSchema.parse({ type: 'otlp', name: 'app', port: 0, ...some });
  const made = await otlpReceiver(options, receiverDeps())(intake);
  closing.push(() => made.close());
  return { intake, address: made.address };
}

const logs = ({ records }: CollectedIntake) => records.filter((one): one is LogRecord => isOf(one, 'log'));
const points = ({ records }: CollectedIntake) =>
  records.filter((one): one is MetricRecord => isOf(one, 'metric'));
const isOf = (record: unknown, type: string) =>
  typeof record === 'object' && record !== null && 'type' in record && record.type === type;

function thrown(): TypeError {
  try {
    return JSON.parse('null').price;
  } catch (error) {
    return error as TypeError;
  }
}

/** What the official exporter of one signal is given. */
const EXPORTERS = {
  json: { Logs: JsonLogs, Metrics: JsonMetrics, Traces: JsonTraces },
  protobuf: { Logs: ProtoLogs, Metrics: ProtoMetrics, Traces: ProtoTraces },
};

describe.each([
  ['json', 'none'],
  ['json', 'gzip'],
  ['protobuf', 'none'],
  ['protobuf', 'gzip'],
] as const)('the official JavaScript SDK sends %s, compressed by %s', (encoding, compression) => {
  const { Logs, Metrics, Traces } = EXPORTERS[encoding];

  it('log records: message, level, fields, the exception', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    const { intake, address } = await listening();
    const exporter = new Logs({ url: `${address}/v1/logs` });
    const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
    closing.push(() => provider.shutdown());
    const logger = provider.getLogger('shop');
    const error = thrown();
    logger.emit({
      severityNumber: 17,
      severityText: 'ERROR',
      body: 'payment failed',
      timestamp: 1_790_000_000_123,
      attributes: {
        'order.id': 7,
        big: 2 ** 53,
        ratio: 0.25,
        gift: true,
        items: ['a', 'b'],
        'exception.type': error.name,
        'exception.message': error.message,
        'exception.stacktrace': error.stack ?? '',
      },
    });
    logger.emit({ severityNumber: 9, body: { message: 'paid', ms: 12 } });
    await provider.forceFlush();
    await intake.until(() => intake.records.length === 2);
    const failed = logs(intake).find(({ data }) => data.level === 'error');
    const paid = logs(intake).find(({ data }) => data.level === 'info');
    expect(failed).toMatchObject({
      timestamp: 1_790_000_000_123,
      metadata: {},
      data: {
        message: 'payment failed',
        level: 'error',
        fields: { 'order.id': 7, ratio: 0.25, gift: true, items: ['a', 'b'] },
      },
    });
    expect(traceInFields(failed?.data.fields ?? {})).toMatchObject({
      errorType: 'TypeError',
      message: error.message,
      frames: [{ file: expect.stringMatching(/otlp\.test\.ts$/) }, ...anything(error)],
    });
    expect(paid?.data).toEqual({ message: 'paid', level: 'info', fields: { ms: 12 } });
  });

  it('metrics: rates, means and quantiles', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    const { intake, address } = await listening();
    const exporter = new Metrics({ url: `${address}/v1/metrics` });
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
    const provider = new MeterProvider({
      readers: [reader],
      views: [{ instrumentName: 'size', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
    });
    closing.push(() => provider.shutdown());
    const meter = provider.getMeter('shop');
    const orders = meter.createCounter('orders');
    const open = meter.createUpDownCounter('open');
    const duration = meter.createHistogram('duration');
    const size = meter.createHistogram('size');
    meter.createObservableGauge('heap').addCallback((gauge) => gauge.observe(1.5, { pool: 'old' }));

    orders.add(3, { shop: 'a' });
    open.add(4);
    duration.record(60);
    size.record(100);
    await reader.forceFlush();
    await intake.until(() => intake.records.length > 0);
    expect(named(intake)).toEqual({ open: 4, heap: 1.5 });

    orders.add(5, { shop: 'a' });
    orders.add(1, { shop: 'b' });
    open.add(-1);
    for (let i = 0; i < 100; i += 1) {
      duration.record(80);
      size.record(1000);
    }
    const before = intake.records.length;
    await reader.forceFlush();
    await intake.until(() => intake.records.length > before);
    const now = named(intake);
    expect(now).toMatchObject({ open: 3, heap: 1.5, 'duration.mean': 80, 'size.mean': 1000 });
    expect(now['duration.p95']).toBeGreaterThan(75);
    expect(now['duration.p95']).toBeLessThanOrEqual(100);
    expect(now['size.p50']).toBeGreaterThan(1000 / 1.05);
    expect(now['size.p50']).toBeLessThan(1000 * 1.05);
    const rates = points(intake).filter(({ data }) => data.metricName === 'orders.rate');
    expect(rates.map(({ metadata }) => metadata)).toEqual([{ shop: 'a' }, { shop: 'b' }]);
    // The same interval: five times as many of a as of b, which is new.
    expect(ratio(rates)).toBeCloseTo(5, 5);
    expect(now['duration.count']).toBeGreaterThan(0);
  });

  it('metrics as deltas', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    const { intake, address } = await listening();
    const exporter = new Metrics({
      url: `${address}/v1/metrics`,
      temporalityPreference: AggregationTemporalityPreference.DELTA,
    });
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
    const provider = new MeterProvider({ readers: [reader] });
    closing.push(() => provider.shutdown());
    const meter = provider.getMeter('shop');
    const orders = meter.createCounter('orders');
    const duration = meter.createHistogram('duration');
    for (const _ of [1, 2]) {
      orders.add(5);
      duration.record(60);
      duration.record(70);
      const recorded = Date.now();
      await intake.until(() => Date.now() > recorded); // a delta over no time has no rate
      await reader.forceFlush();
    }
    await intake.until(() => points(intake).some(({ data }) => data.metricName === 'duration.p99'));
    expect(named(intake)).toMatchObject({ 'duration.mean': 65 });
    expect(named(intake)['orders.rate']).toBeGreaterThan(0);
    expect(named(intake)['duration.p99']).toBeLessThanOrEqual(70);
  });

  it('spans, and the exceptions recorded on them', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_COMPRESSION', compression);
    const { intake, address } = await listening();
    const exporter = new Traces({ url: `${address}/v1/traces` });
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    closing.push(() => provider.shutdown());
    const tracer = provider.getTracer('shop');
    const span = tracer.startSpan('GET', {
      kind: 1,
      startTime: 1_790_000_000_000,
      attributes: { 'http.route': '/orders/:id', 'http.response.status_code': 500 },
    });
    span.recordException(thrown());
    span.setStatus({ code: 2, message: 'price of null' });
    span.end(1_790_000_000_250);
    const { traceId, spanId } = span.spanContext();
    await provider.forceFlush();
    await intake.until(() => intake.records.length === 2);
    const [exception, ended] = logs(intake);
    expect(ended).toEqual({
      type: 'log',
      timestamp: 1_790_000_000_250,
      metadata: {},
      data: {
        message: 'GET /orders/:id',
        level: 'error',
        fields: {
          duration_ms: 250,
          status: 500,
          status_message: 'price of null',
          kind: 'server',
          route: '/orders/:id',
          operation: 'GET /orders/:id',
          trace_id: traceId,
          span_id: spanId,
        },
      },
    });
    expect(exception?.data).toMatchObject({
      message: expect.stringMatching(/^TypeError: Cannot read properties of null/),
      level: 'error',
      fields: { span: 'GET /orders/:id', trace_id: traceId },
    });
    expect(traceInFields(exception?.data.fields ?? {})?.errorType).toBe('TypeError');
  });
});

describe.each(['json', 'protobuf'] as const)(
  'the official JavaScript SDK, told in %s to come again',
  (encoding) => {
    it('sends again what was refused while the intake was full', async () => {
      const { intake, address } = await listening();
      intake.fill(true);
      const exporter = new EXPORTERS[encoding].Logs({ url: `${address}/v1/logs` });
      const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
      closing.push(() => provider.shutdown());
      provider.getLogger('shop').emit({ body: 'patience' });
      await intake.until(() => intake.refused() > 0);
      intake.fill(false);
      await intake.until(() => intake.records.length > 0);
      expect(logs(intake).map(({ data }) => data.message)).toEqual(['patience']);
    });
  },
);

/** As many more frames as there are. */
function anything(error: Error): readonly unknown[] {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return frames.slice(1).map(() => expect.anything());
}

/** The last value of each metric. */
function named(intake: CollectedIntake): Record<string, number> {
  return Object.fromEntries(points(intake).map(({ data }) => [data.metricName, data.value]));
}

function ratio([a, b]: readonly MetricRecord[]): number {
  return (a?.data.value ?? Number.NaN) / (b?.data.value ?? Number.NaN);
}

const JSON_HEAD = { 'content-type': 'application/json' };
const PROTOBUF_HEAD = { 'content-type': 'application/x-protobuf' };

function post(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  return fetch(url, { method: 'POST', body, headers });
}

const oneLog = (record: object) =>
  JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] });
const metrics = (...some: object[]) =>
  JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: some }] }] });

describe('the OTLP receiver', () => {
  it('answers an empty response in the encoding of the request', async () => {
    const { address } = await listening();
    const json = await post(`${address}/v1/logs`, '{}', {
      'content-type': 'Application/JSON; charset=utf-8',
    });
    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([
      200,
      'application/json',
      '{}',
    ]);
    const protobuf = await post(`${address}/v1/traces`, new Uint8Array(), PROTOBUF_HEAD);
    expect([protobuf.status, protobuf.headers.get('content-type'), await protobuf.text()]).toEqual([
      200,
      'application/x-protobuf',
      '',
    ]);
  });

  it('tells how many could not be used, and keeps the others', async () => {
    const { address, intake } = await listening();
    const time = { timeUnixNano: '1790000000000000000' };
    const answer = await post(
      `${address}/v1/metrics`,
      metrics(
        { name: 'heap', gauge: { dataPoints: [{ ...time, asDouble: 1 }, { ...time }] } },
        { name: 'heap', gauge: { dataPoints: [{ ...time, asDouble: 'NaN' }, { asInt: '3' }] } },
        { name: 'later', someday: { dataPoints: [{}] } },
        { name: 'sum', sum: { isMonotonic: true, dataPoints: [{ ...time, asInt: 4 }] } },
      ),
      JSON_HEAD,
    );
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      partialSuccess: {
        rejectedDataPoints: '5',
        errorMessage:
          'a data point has no value (2); a data point has no time (1); a metric is of an unknown type (1); ' +
          'the aggregation temporality is neither delta nor cumulative (1)',
      },
    });
    expect(named(intake)).toEqual({ heap: 1 });
    const logsAnswer = await post(`${address}/v1/logs`, oneLog({}), JSON_HEAD);
    expect(await logsAnswer.json()).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } });
    const spans = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'x' }] }] }] });
    const spansAnswer = await post(`${address}/v1/traces`, spans, JSON_HEAD);
    expect(await spansAnswer.json()).toMatchObject({
      partialSuccess: { rejectedSpans: '1', errorMessage: 'a span has no end (1)' },
    });
  });

  it('tells it in protobuf too', async () => {
    const { address } = await listening();
    // resource_logs { scope_logs { log_records {} } }
    const answer = await post(`${address}/v1/logs`, Uint8Array.of(10, 4, 18, 2, 18, 0), PROTOBUF_HEAD);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const { encodePartialSuccess } = await loadProtobuf();
    expect(Buffer.from(bytes)).toEqual(
      Buffer.from(encodePartialSuccess(1, 'a log record has neither body nor attributes nor event name (1)')),
    );
  });

  it.each([
    ['no JSON', '{"resourceLogs":', JSON_HEAD, 400],
    ['JSON of another form', '{"resourceLogs": 7}', JSON_HEAD, 400],
    ['a time that is no number', oneLog({ timeUnixNano: 'noon' }), JSON_HEAD, 400],
    ['no protobuf', 'hello world', PROTOBUF_HEAD, 400],
    ['another type', 'hello', { 'content-type': 'text/plain' }, 415],
    ['another encoding of the body', '{}', { ...JSON_HEAD, 'content-encoding': 'lzma' }, 415],
    ['a body that is no gzip', '{}', { ...JSON_HEAD, 'content-encoding': 'gzip' }, 400],
    ['too much', ' '.repeat(2000), JSON_HEAD, 413],
  ])('refuses %s', async (_, body, headers, status) => {
    const { address, intake } = await listening({ maxBodyBytes: 1024 });
    const answer = await post(`${address}/v1/logs`, body, headers);
    expect(answer.status).toBe(status);
    expect((await answer.text()).length).toBeGreaterThan(5);
    expect(intake.records).toEqual([]);
  });

  it('refuses what unpacks to too much', async () => {
    const { address } = await listening({ maxBodyBytes: 1024 });
    const bomb = Uint8Array.from(gzipSync(Buffer.alloc(1_000_000, ' ')));
    const answer = await post(`${address}/v1/logs`, bomb, { ...JSON_HEAD, 'content-encoding': 'gzip' });
    expect(answer.status).toBe(413);
  });

  it('refuses with a google.rpc.Status, and says where the form is broken but never what was sent', async () => {
    const { address } = await listening();
    const broken = oneLog({ timeUnixNano: 'secret' });
    const json = await post(`${address}/v1/logs`, broken, JSON_HEAD);
    expect(await json.json()).toEqual({
      code: 3,
      message:
        'this is no ExportLogsServiceRequest: see resourceLogs.0.scopeLogs.0.logRecords.0.timeUnixNano',
    });
    const protobuf = await post(`${address}/v1/logs`, 'hello', PROTOBUF_HEAD);
    expect(protobuf.headers.get('content-type')).toBe('application/x-protobuf');
    expect(await protobuf.text()).toContain('this is no protobuf of ExportLogsServiceRequest');
  });

  it('asks to come again when the intake is full or the disk is, and reads it anew then', async () => {
    const { address, intake } = await listening();
    const at = (time: number, value: number) =>
      metrics({
        name: 'orders',
        sum: {
          isMonotonic: true,
          aggregationTemporality: 2,
          dataPoints: [{ startTimeUnixNano: '1000000000', timeUnixNano: String(time * 1e9), asInt: value }],
        },
      });
    await post(`${address}/v1/metrics`, at(100, 10), JSON_HEAD);
    intake.fill(true);
    const full = await post(`${address}/v1/metrics`, at(110, 30), JSON_HEAD);
    expect([full.status, full.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await full.json()).toMatchObject({ code: 8 });
    intake.fill(false);
    await post(`${address}/v1/metrics`, at(110, 30), JSON_HEAD);
    expect(named(intake)).toEqual({ 'orders.rate': 2 });
    intake.fail(new VigilError('disk_full', { what: 'the disk is full' }));
    const failed = await post(`${address}/v1/metrics`, at(120, 40), JSON_HEAD);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await failed.json()).toMatchObject({ code: 14, message: 'the disk is full' });
  });

  it('takes nothing at other paths', async () => {
    const { address } = await listening();
    expect((await post(`${address}/v1/profiles`, '{}', JSON_HEAD)).status).toBe(404);
    expect((await fetch(`${address}/v1/logs`)).status).toBe(405);
  });

  it('says when its port is taken', async () => {
    const { address } = await listening();
    await expect(listening({ port: Number(new URL(address).port) })).rejects.toMatchObject({
      code: 'port_taken',
    });
  });

  it('survives what is nested beyond measure', async () => {
    const { address } = await listening();
    const deep = `${'{"arrayValue":{"values":['.repeat(20_000)}{}${']}}'.repeat(20_000)}`;
    const body = oneLog({ body: 'x', attributes: [{ key: 'deep', value: 'HERE' }] }).replace('"HERE"', deep);
    expect((await post(`${address}/v1/logs`, body, JSON_HEAD)).status).toBe(200);
  });
});
