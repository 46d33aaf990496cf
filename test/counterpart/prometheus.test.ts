import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Counter, Gauge, Histogram, Registry, type RegistryContentType, Summary } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { distributionOf, quantile } from '../../src/adapters/sources/prometheus/histogram.ts';
import { prometheusSourceSchema } from '../../src/adapters/sources/prometheus/options.ts';
import { prometheusSource } from '../../src/adapters/sources/prometheus/prometheus-source.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import type { MetricRecord } from '../../src/domain/event.ts';
import type { Cursor } from '../../src/ports/source.ts';
import { listen } from '../support/listen.ts';
import { startProgram } from '../support/program.ts';
import { type Reading, startReading } from '../support/reading.ts';
import { realProgram } from '../support/real-program.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Opening {
  readonly from?: readonly Cursor[];
  readonly secrets?: Readonly<Record<string, string>>;
}

function open(options: Readonly<Record<string, unknown>>, { from = [], secrets = {} }: Opening = {}) {
  const parsed = prometheusSourceSchema.parse({
    type: 'prometheus',
    name: 'prom',
    intervalSeconds: 1,
    ...options,
  });
  const source = prometheusSource(parsed, {
    clock: systemClock(),
    secrets: { get: async (name) => secrets[name] ?? null },
  });
  const reading = startReading(source, from);
  closing.push(() => reading.stop());
  return { source, reading };
}

function points({ batches }: Reading): readonly MetricRecord[] {
  return batches.flatMap(({ records }) =>
    records.filter((record) => typeof record !== 'string' && record.type === 'metric'),
  );
}

const named = (reading: Reading, name: string) =>
  points(reading).filter(({ data }) => data.metricName === name);

async function serve(handler: RequestListener): Promise<string> {
  const { url, close } = await listen(createServer(handler));
  closing.push(close);
  return `${url}/metrics`;
}

describe.each([
  ['text 0.0.4', Registry.PROMETHEUS_CONTENT_TYPE],
  ['OpenMetrics', Registry.OPENMETRICS_CONTENT_TYPE],
] as const)('a page of prom-client in %s', (_, type: RegistryContentType) => {
  function service() {
    const registry = new Registry<RegistryContentType>();
    registry.setContentType(type);
    const exemplars = type === Registry.OPENMETRICS_CONTENT_TYPE ? { enableExemplars: true } : {};
    const registers = [registry];
    const help = 'Some "help" with \\ and\na second line.';
    const requests = new Counter({
      name: 'requests_total',
      help,
      labelNames: ['route', 'trace_id'],
      registers,
      ...exemplars,
    });
    const heap = new Gauge({ name: 'heap_bytes', help, registers });
    const latency = new Histogram({
      name: 'latency_seconds',
      help,
      buckets: [0.1, 1],
      registers,
      ...exemplars,
    });
    const size = new Summary({ name: 'size_bytes', help, percentiles: [0.5], registers });
    const work = (seconds: number) => {
      const traced = { exemplarLabels: { trace_id: 'abc"\\' } };
      if (type === Registry.OPENMETRICS_CONTENT_TYPE) {
        requests.inc({ labels: { route: '/a"b\\c\nd' }, value: 1, ...traced });
        latency.observe({ value: seconds, labels: {}, ...traced });
      } else {
        requests.inc({ route: '/a"b\\c\nd' });
        latency.observe(seconds);
      }
      heap.set(1e9);
      size.observe(7);
    };
    return { registry, work };
  }

  it('is understood: levels, rates and quantiles', async () => {
    const { registry, work } = service();
    let scrapes = 0;
    const accepted: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      accepted.push(request.headers.accept);
      scrapes += 1;
      for (let i = 0; i < 10; i += 1) work(0.5);
      void registry.metrics().then((body) => {
        response.setHeader('content-type', registry.contentType);
        response.end(body);
      });
    });
    const { source, reading } = open({ targets: [url] });
    await reading.until(() => named(reading, 'latency_seconds:p95').length > 0);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    expect(accepted[0]).toContain('application/openmetrics-text;version=1.0.0');
    const instance = new URL(url).host;
    expect(named(reading, 'requests_total:rate')[0]).toMatchObject({
      metadata: { route: '/a"b\\c\nd', instance },
    });
    // Ten between two scrapes that are about a second apart.
    expect(named(reading, 'requests_total:rate')[0]?.data.value).toBeCloseTo(10, -1);
    expect(named(reading, 'heap_bytes')[0]?.data.value).toBe(1e9);
    expect(named(reading, 'size_bytes')[0]).toMatchObject({
      metadata: { quantile: '0.5' },
      data: { value: 7 },
    });
    expect(named(reading, 'latency_seconds:mean')[0]?.data.value).toBeCloseTo(0.5);
    expect(named(reading, 'latency_seconds:p50')[0]?.data.value).toBeCloseTo(0.55);
    expect(named(reading, 'up').every(({ data }) => data.value === 1)).toBe(true);
    expect(named(reading, 'scrape_duration_seconds').length).toBeGreaterThan(0);
    expect(scrapes).toBeGreaterThan(1);
  });
});

describe('scraping', () => {
  it('says why a target is down, beside one that is not', async () => {
    const good = await serve((_, response) => void response.end('a 1\n'));
    const bad = await serve((_, response) => void response.end('a 1\nthis is no metric\n'));
    const { source, reading } = open({ targets: [bad, good] });
    await reading.until(() => reading.batches.length > 0);
    expect(source.health()).toMatchObject({
      state: 'failing',
      lastError: `${bad}: line 2: "is" is no number (no content type)`,
    });
    const up = named(reading, 'up').map(({ data, metadata }) => [metadata['instance'], data.value]);
    expect(up.slice(0, 2)).toEqual([
      [new URL(bad).host, 0],
      [new URL(good).host, 1],
    ]);
    expect(named(reading, 'a').length).toBeGreaterThan(0);
  });

  it.each<readonly [string, RequestListener, string]>([
    ['an error', (_, response) => void response.writeHead(500).end(), 'answers 500'],
    [
      'a page that is none',
      (_, response) => void response.setHeader('content-type', 'text/html').end('<html>'),
      'line 1: expected a name at column 1 (text/html)',
    ],
    ['silence', () => undefined, 'no answer in 0.2 s'],
    [
      'a page without end',
      (_, response) => {
        const more = () => {
          while (response.write('x'.repeat(1 << 20)));
        };
        response.on('drain', more);
        more();
      },
      'the answer is longer than 50 MB',
    ],
  ])('answers %s with up = 0', async (what, handler, why) => {
    const url = await serve(handler);
    const timeoutSeconds = what === 'silence' ? 0.2 : 10;
    const { source, reading } = open({ targets: [url], timeoutSeconds });
    await reading.until(() => reading.batches.length > 0);
    expect(source.health().lastError).toBe(`${url}: ${why}`);
    expect(named(reading, 'up')[0]?.data.value).toBe(0);
  });

  it('says that nobody listens', async () => {
    const { url, close } = await listen(createServer());
    await close();
    const { source, reading } = open({ targets: [`${url}/metrics`] });
    await reading.until(() => reading.batches.length > 0);
    expect(source.health().lastError).toContain('ECONNREFUSED');
  });

  it.each([
    [{ tokenEnv: 'TOKEN' }, 'Bearer s3cret'],
    [
      { basicAuth: { username: 'me', passwordEnv: 'TOKEN' } },
      `Basic ${Buffer.from('me:s3cret').toString('base64')}`,
    ],
  ])('shows its credentials: %j', async (access, header) => {
    const url = await serve((request, response) => {
      response.writeHead(request.headers.authorization === header ? 200 : 401).end('a 1\n');
    });
    const { reading } = open({ targets: [url], ...access }, { secrets: { TOKEN: 's3cret' } });
    await reading.until(() => named(reading, 'a').length > 0);
    const without = open({ targets: [url], ...access });
    await without.reading.until(() => without.reading.batches.length > 0);
    expect(without.source.health().lastError).toContain('TOKEN is set neither in the environment');
  });
});

describe.skipIf(realProgram('prometheus-node-exporter').skipped)('a real node exporter', () => {
  it('is understood wholly', async () => {
    const exporter = await startProgram(
      'prometheus-node-exporter',
      (address) => [`--web.listen-address=${address}`],
      '/metrics',
    );
    closing.push(() => exporter.stop());
    const { source, reading } = open({ targets: [`${exporter.url}/metrics`] });
    await reading.until(() => named(reading, 'node_cpu_seconds_total:rate').length > 0);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    expect(named(reading, 'node_memory_MemTotal_bytes')[0]?.data.value).toBe(totalmem());
    const idle = named(reading, 'node_cpu_seconds_total:rate').filter(
      ({ metadata }) => metadata['mode'] === 'idle',
    );
    for (const { data } of idle) {
      expect(data.value).toBeGreaterThanOrEqual(0);
      expect(data.value).toBeLessThan(1.5);
    }
    expect(new Set(points(reading).map(({ data }) => data.metricName)).size).toBeGreaterThan(150);
  });
});

/** What an instant query answers. */
const instantSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

describe.skipIf(realProgram('prometheus').skipped)('a real Prometheus server', () => {
  /** One that scrapes itself every second. */
  async function server(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'vigilai-prometheus-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const config = join(folder, 'prometheus.yml');
    const started = await startProgram(
      'prometheus',
      async (address) => {
        const job = `{ job_name: self, static_configs: [{ targets: ['${address}'] }] }`;
        await writeFile(config, `global: { scrape_interval: 1s }\nscrape_configs: [${job}]\n`);
        const flags = { 'config.file': config, 'storage.tsdb.path': folder, 'web.listen-address': address };
        return Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`);
      },
      '/-/ready',
    );
    closing.push(() => started.stop());
    return started.url;
  }

  async function instant(url: string, query: string) {
    const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
    return instantSchema.parse(await answer.json()).data.result;
  }

  it('is understood as a page', async () => {
    const url = await server();
    const { source, reading } = open({ targets: [`${url}/metrics`] });
    await reading.until(() => named(reading, 'prometheus_http_request_duration_seconds:p95').length > 0);
    expect(source.health()).toMatchObject({ state: 'idle', lastError: null });
    expect(named(reading, 'process_resident_memory_bytes')[0]?.data.value).toBeGreaterThan(0);
    expect(named(reading, 'go_gc_duration_seconds')[0]?.metadata).toHaveProperty('quantile');
  });

  it('answers range queries, and nothing is missed or repeated over a restart', async () => {
    const url = await server();
    const queries = [
      { name: 'up', promql: 'up' },
      { name: 'none', promql: '0 * up / 0' },
      { name: 'wrong', promql: 'sum(' },
      { name: 'requests', promql: 'sum by (code) (rate(prometheus_http_requests_total[5s]))' },
    ];
    const options = { server: url, queries, stepSeconds: 1, delaySeconds: 1, backfillMinutes: 1 };
    const first = open(options);
    await first.reading.until(() => named(first.reading, 'up').length >= 3);
    await first.reading.stop();
    const second = open(options, { from: first.reading.cursors() });
    await second.reading.until(() => named(second.reading, 'requests').length >= 2);
    expect(second.source.health()).toMatchObject({ state: 'failing', dropped: 0 });
    expect(second.source.health().lastError).toMatch(/^wrong: answers 400: bad_data: .*parse error/);
    await second.reading.stop();
    const times = [first, second].flatMap(({ reading }) =>
      named(reading, 'up').map(({ timestamp }) => timestamp),
    );
    expect(times).toEqual(times.map((_, i) => (times[0] ?? 0) + i * 1000));
    expect(named(second.reading, 'up')[0]?.metadata).toEqual({ instance: new URL(url).host, job: 'self' });
    expect(named(second.reading, 'requests')[0]?.metadata).toEqual({ code: '200' });
    expect(named(second.reading, 'none')).toEqual([]);
  });

  it('computes the same quantiles of a histogram as we do', async () => {
    const url = await server();
    const metric = 'prometheus_http_request_duration_seconds_bucket{handler="/-/ready"}';
    const buckets = async () =>
      (await instant(url, metric)).map(({ metric: { le }, value }) => [le, value[1]] as const);
    for (;;) {
      const before = await buckets();
      const theirs = await Promise.all(
        [0.1, 0.5, 0.95, 0.99].map((q) => instant(url, `histogram_quantile(${q}, ${metric})`)),
      );
      // A scrape of its own in between would compare different moments.
      if (before.length === 0 || JSON.stringify(await buckets()) !== JSON.stringify(before)) continue;
      const numbers = before.map(
        ([le, count]) => [le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le), Number(count)] as const,
      );
      const spread = distributionOf(new Map(numbers), 0);
      const ours = [0.1, 0.5, 0.95, 0.99].map((q) => spread && quantile(q, spread));
      expect(theirs.map(([one]) => Number(one?.value[1]))).toEqual(
        ours.map((q) => expect.closeTo(q ?? Number.NaN, 9)),
      );
      break;
    }
  });

  it('that goes away makes the source wait', async () => {
    const { url, close } = await listen(createServer());
    await close();
    const { source, reading } = open({
      server: url,
      queries: [{ name: 'up', promql: 'up' }],
      stepSeconds: 1,
    });
    await reading.until(() => source.health().state === 'failing');
    expect(source.health().lastError).toContain('ECONNREFUSED');
  });
});
