import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import * as Sentry from '@sentry/node';
import { afterEach, describe, expect, it } from 'vitest';
import { type SentryOptions, sentrySourceSchema } from '../../../src/adapters/sources/sentry/options.ts';
import { sentryReceiver } from '../../../src/adapters/sources/sentry/receiver.ts';
import type { ErrorRecord, EventRecord, LogRecord } from '../../../src/domain/event.ts';
import { type CollectedIntake, collectedIntake } from '../../support/collected-intake.ts';
import { receiverDeps } from '../../support/receiver-deps.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

interface Receiver {
  readonly intake: CollectedIntake;
  readonly address: string;
  readonly dsn: string;
  records(): readonly EventRecord[];
}

async function receiver(some: Partial<SentryOptions> = {}): Promise<Receiver> {
  const options = { ...sentrySourceSchema.parse({ type: 'sentry', name: 'web' }), port: 0, ...some };
  const intake = collectedIntake();
  const { address, close } = await sentryReceiver(options, receiverDeps())(intake);
  closing.push(close);
  const dsn = address.replace('://', `://${KEY}@`);
  return { intake, address, dsn: `${dsn}/42`, records: () => intake.records as readonly EventRecord[] };
}

function startSdk(dsn: string): void {
  Sentry.init({
    dsn,
    release: 'shop@1.2.3',
    environment: 'prod',
    serverName: 'web-1',
    tracesSampleRate: 1,
    defaultIntegrations: false,
    integrations: [Sentry.linkedErrorsIntegration()],
  });
  closing.push(() => Sentry.close(1000));
}

function price(item: { readonly price?: { readonly amount: number } }): number {
  return (item as { price: { amount: number } }).price.amount;
}

function pay(): void {
  try {
    price({});
  } catch (cause) {
    throw new RangeError('payment failed', { cause });
  }
}

const envelope = (...lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).join('\n');

function post(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body, headers });
}

describe('the real @sentry/node SDK', () => {
  it('sends an error with its cause, tags and breadcrumbs', async () => {
    const { dsn, intake, records } = await receiver();
    startSdk(dsn);
    Sentry.addBreadcrumb({ category: 'cart', message: 'added item 7' });
    const id = captured(() => pay(), { route: '/pay' });
    await Sentry.flush(5000);
    await intake.until(() => records().length === 1);
    const [error] = records() as readonly ErrorRecord[];
    expect(error).toMatchObject({
      type: 'error',
      metadata: {
        project: '42',
        platform: 'node',
        release: 'shop@1.2.3',
        environment: 'prod',
        server_name: 'web-1',
        'tags.route': '/pay',
      },
      data: {
        message: 'payment failed',
        level: 'error',
        fields: { event_id: id, breadcrumbs: [{ category: 'cart', message: 'added item 7' }] },
        trace: {
          language: 'typescript',
          errorType: 'RangeError',
          message: 'payment failed',
          cause: { errorType: 'TypeError', message: expect.stringContaining('amount'), cause: null },
        },
      },
    });
    const here = expect.stringMatching(/sentry\.test\.ts$/);
    expect(error?.data.trace.frames[0]).toMatchObject({ file: here, symbol: 'pay', inApp: true });
    expect(error?.data.trace.cause?.frames[0]).toMatchObject({ file: here, symbol: 'price', inApp: true });
    expect(error?.data.trace.frames[0]?.line).toBeGreaterThan(1);
  });

  it('sends messages, logs and spans', async () => {
    const { dsn, intake, records } = await receiver();
    startSdk(dsn);
    Sentry.captureMessage('stock is low', 'warning');
    Sentry.logger.error('checkout failed', { orderId: 7 });
    Sentry.startSpan({ name: 'GET /pay', op: 'http.server' }, () =>
      Sentry.startSpan({ name: 'select', op: 'db' }, () => undefined),
    );
    await Sentry.flush(5000);
    await intake.until(() => records().length === 3);
    const byMessage = (message: string) =>
      (records() as readonly LogRecord[]).find(({ data }) => data.message === message);
    expect(byMessage('stock is low')?.data.level).toBe('warn');
    expect(byMessage('checkout failed')).toMatchObject({
      metadata: { release: 'shop@1.2.3', server_name: 'web-1' },
      data: { level: 'error', fields: { orderId: 7 } },
    });
    expect(byMessage('GET /pay')?.data.fields).toMatchObject({
      duration_ms: expect.any(Number),
      route: 'GET /pay',
      op: 'http.server',
    });
  });

  it('compresses large envelopes, which arrive whole', async () => {
    const { dsn, intake, records } = await receiver();
    const codings: unknown[] = [];
    const note = (message: unknown) => {
      codings.push((message as { request: ClientRequest }).request.getHeader('content-encoding'));
    };
    subscribe('http.client.request.start', note);
    closing.push(() => unsubscribe('http.client.request.start', note));
    startSdk(dsn);
    const value = 'x'.repeat(60_000);
    Sentry.captureException(new Error(`large: ${value}`));
    for (let i = 0; i < 50; i += 1) Sentry.addBreadcrumb({ message: `${i} ${value}` });
    Sentry.captureException(new Error('after many breadcrumbs'));
    await Sentry.flush(5000);
    await intake.until(() => records().length === 2);
    // They are compressed side by side, so either may arrive first.
    const all = records() as readonly ErrorRecord[];
    const last = all.find(({ data }) => data.message.includes('after many breadcrumbs'));
    expect(last?.data.fields?.['breadcrumbs']).toHaveLength(20);
    expect(JSON.stringify(records()).length).toBeLessThan(40_000);
    expect(codings).toContain('gzip');
  });

  it('is told to wait when nothing can be kept, and what it gives up is counted', async () => {
    const { dsn, intake, records } = await receiver();
    startSdk(dsn);
    intake.fill(true);
    Sentry.captureMessage('lost');
    await Sentry.flush(5000);
    await intake.until(() => intake.dropped() === 1);
    intake.fill(false);
    expect(records()).toEqual([]);
  });
});

describe('the ingest endpoint', () => {
  const event = { event_id: 'a'.repeat(32), message: 'hello', level: 'info' };

  it('answers the id of the event, by either path', async () => {
    const { address, records } = await receiver();
    const bare = await post(`${address}/api/1/store/`, JSON.stringify(event));
    expect([bare.status, await bare.json()]).toEqual([200, { id: event.event_id }]);
    const whole = envelope({ event_id: event.event_id }, { type: 'event' }, event);
    const zipped = await post(`${address}/api/1/envelope/`, new Uint8Array(gzipSync(whole)), {
      'content-encoding': 'gzip',
    });
    expect([zipped.status, await zipped.json()]).toEqual([200, { id: event.event_id }]);
    expect(records().map(({ data }) => 'message' in data && data.message)).toEqual(['hello', 'hello']);
    const session = await post(`${address}/api/1/envelope/`, envelope({}, { type: 'session' }, { sid: '1' }));
    expect([session.status, await session.json()]).toEqual([200, {}]);
  });

  it('says what is wrong, keeps nothing, and never quotes it', async () => {
    const { address, records } = await receiver();
    const answers = await Promise.all([
      post(`${address}/api/1/store/`, 'password=hunter2'),
      post(`${address}/api/1/envelope/`, 'password=hunter2'),
      post(`${address}/api/1/envelope/`, envelope({}, { type: 'event' }, event, { type: 'event' }, [])),
      post(`${address}/api/1/minidump/`, 'x'),
    ]);
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.json()]))).toEqual([
      [400, { message: 'the body is not the JSON of an event' }],
      [400, { message: 'the first line of an envelope is a JSON object' }],
      [400, { message: 'item 2 is not what its type says' }],
      [404, { message: 'nothing is received at this path' }],
    ]);
    expect(records()).toEqual([]);
  });

  it('takes only the key that is configured, however it is sent', async () => {
    const { address } = await receiver({ key: KEY });
    const url = `${address}/api/1/store/`;
    const body = JSON.stringify(event);
    expect((await post(url, body)).status).toBe(403);
    expect((await post(`${url}?sentry_key=other`, body)).status).toBe(403);
    expect((await post(`${url}?sentry_key=${KEY}`, body)).status).toBe(200);
    const header = { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${KEY}, sentry_client=x/1` };
    expect((await post(url, body, header)).status).toBe(200);
  });

  it('answers the preflight of a page of this machine, and no other', async () => {
    const { address } = await receiver();
    const ask = (origin: string) =>
      fetch(`${address}/api/1/envelope/`, { method: 'OPTIONS', headers: { origin } });
    expect((await ask('http://localhost:5173')).headers.get('access-control-allow-origin')).toBe(
      'http://localhost:5173',
    );
    expect((await ask('https://evil.example')).status).toBe(403);
  });
});

/** Sentry's id of what `run` throws. */
function captured(run: () => void, tags: Readonly<Record<string, string>>): string {
  try {
    run();
  } catch (error) {
    return Sentry.captureException(error, { tags });
  }
  throw new Error('it did not throw');
}
