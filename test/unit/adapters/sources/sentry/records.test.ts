import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemRecords } from '../../../../../src/adapters/sources/sentry/records.ts';
import type { ErrorRecord, EventRecord } from '../../../../../src/domain/event.ts';

const NOW = Date.UTC(2026, 2, 5, 12);
const arrival = { project: '42', now: NOW };

function records(type: string, payload: unknown): readonly EventRecord[] | null {
  return itemRecords({ type, payload: Buffer.from(JSON.stringify(payload)) }, arrival);
}
const first = (type: string, payload: unknown) => records(type, payload)?.[0];
const traceOf = (payload: unknown) => (first('event', payload) as ErrorRecord).data.trace;

/** As sentry-python sends `raise ValueError from KeyError`, shortened. */
const PYTHON = {
  event_id: '9ec79c33ec9942ab8353589fcb2e04dc',
  timestamp: '2026-03-05T11:59:58.250000Z',
  platform: 'python',
  level: 'error',
  logger: 'shop',
  release: 'shop@2.0',
  environment: 'staging',
  server_name: 'web-1',
  transaction: 'shop.views.pay',
  tags: [['route', '/pay']],
  logentry: { message: 'payment of %s failed', params: ['7'], formatted: 'payment of 7 failed' },
  modules: { django: '5.0' },
  breadcrumbs: {
    values: [{ type: 'default', category: 'query', message: 'SELECT 1', timestamp: '2026-03-05T11:59:57Z' }],
  },
  exception: {
    values: [
      {
        module: null,
        type: 'KeyError',
        value: "'price'",
        mechanism: { type: 'chained', handled: true, source: '__cause__', exception_id: 1, parent_id: 0 },
        stacktrace: {
          frames: [
            {
              filename: 'shop/cart.py',
              abs_path: '/srv/shop/cart.py',
              function: 'price',
              module: 'shop.cart',
              lineno: 12,
              vars: { item: '<Item>' },
              in_app: true,
            },
          ],
        },
      },
      {
        type: 'ValueError',
        value: 'no price',
        mechanism: { type: 'logging', handled: true, exception_id: 0 },
        stacktrace: {
          frames: [
            {
              filename: 'django/core/handlers/base.py',
              function: 'get_response',
              lineno: 197,
              in_app: false,
            },
            {
              filename: 'shop/views.py',
              abs_path: '/srv/shop/views.py',
              function: 'pay',
              lineno: 40,
              in_app: true,
            },
          ],
        },
      },
    ],
  },
};

/** As the browser SDK sends an unhandled rejection of a page. */
const BROWSER = {
  event_id: 'fc6d8c0c43fc4630ad850ee518f1b9d0',
  platform: 'javascript',
  timestamp: 1772711998.25,
  environment: 'production',
  request: { url: 'http://localhost:5173/cart?step=2', headers: { 'User-Agent': 'Mozilla/5.0' } },
  exception: {
    values: [
      {
        type: 'TypeError',
        value: 'can\'t access property "total", cart is undefined',
        stacktrace: {
          frames: [
            {
              filename: 'http://localhost:5173/node_modules/react-dom/index.js',
              function: '?',
              lineno: 9,
              colno: 3,
            },
            {
              filename: 'http://localhost:5173/src/cart.tsx?t=1772711990',
              function: 'total',
              in_app: true,
              lineno: 31,
              colno: 17,
            },
          ],
        },
        mechanism: { type: 'onunhandledrejection', handled: false },
      },
    ],
  },
};

describe('an exception', () => {
  it('of Python becomes an error with its chain, innermost frame first', () => {
    expect(records('event', PYTHON)).toEqual([
      {
        type: 'error',
        timestamp: NOW - 1750,
        metadata: {
          project: '42',
          platform: 'python',
          release: 'shop@2.0',
          environment: 'staging',
          server_name: 'web-1',
          transaction: 'shop.views.pay',
          'tags.route': '/pay',
        },
        data: {
          message: 'no price',
          level: 'error',
          fields: {
            event_id: '9ec79c33ec9942ab8353589fcb2e04dc',
            logger: 'shop',
            message: 'payment of 7 failed',
            breadcrumbs: [
              { timestamp: '2026-03-05T11:59:57Z', category: 'query', message: 'SELECT 1', type: 'default' },
            ],
          },
          trace: {
            language: 'python',
            errorType: 'ValueError',
            message: 'no price',
            frames: [
              { file: '/srv/shop/views.py', line: 40, column: null, symbol: 'pay', inApp: true },
              {
                file: 'django/core/handlers/base.py',
                line: 197,
                column: null,
                symbol: 'get_response',
                inApp: false,
              },
            ],
            cause: {
              language: 'python',
              errorType: 'KeyError',
              message: "'price'",
              frames: [{ file: '/srv/shop/cart.py', line: 12, column: null, symbol: 'price', inApp: true }],
              cause: null,
            },
          },
        },
      },
    ]);
  });

  it('of a page is TypeScript where its file is, and of the application where it is not installed', () => {
    expect(traceOf(BROWSER)).toMatchObject({
      language: 'typescript',
      errorType: 'TypeError',
      frames: [
        { file: 'http://localhost:5173/src/cart.tsx?t=1772711990', line: 31, column: 17, symbol: 'total' },
        { symbol: null, inApp: false },
      ],
      cause: null,
    });
    expect(first('event', BROWSER)).toMatchObject({
      timestamp: NOW - 1750,
      data: { level: 'error', fields: { request: { url: 'http://localhost:5173/cart?step=2' } } },
    });
  });

  it('without named parents was caused by the one before it', () => {
    const values = ['C', 'B', 'A'].map((type) => ({ type, value: type }));
    const names = (trace: ErrorRecord['data']['trace'] | null): readonly string[] =>
      trace === null ? [] : [trace.errorType, ...names(trace.cause)];
    expect(names(traceOf({ platform: 'node', exception: { values } }))).toEqual(['A', 'B', 'C']);
    expect(names(traceOf({ platform: 'node', exception: values }))).toEqual(['A', 'B', 'C']);
    const many = Array.from({ length: 50 }, (_, i) => ({ type: `E${i}` }));
    expect(names(traceOf({ platform: 'node', exception: many }))).toHaveLength(10);
  });

  it('of a group was caused by the first of its errors', () => {
    const values = [
      { type: 'TypeError', value: 'b', mechanism: { source: 'errors[1]', exception_id: 2, parent_id: 0 } },
      { type: 'Error', value: 'a', mechanism: { source: 'errors[0]', exception_id: 1, parent_id: 0 } },
      { type: 'AggregateError', value: 'both', mechanism: { is_exception_group: true, exception_id: 0 } },
    ];
    expect(traceOf({ platform: 'node', exception: { values } })).toMatchObject({
      errorType: 'AggregateError',
      cause: { errorType: 'Error', message: 'a', cause: null },
    });
  });

  it('of the JVM names a file by its package', () => {
    const frames = [
      { module: 'com.acme.shop.Cart', filename: 'Cart.java', function: 'total', lineno: 7, in_app: true },
    ];
    expect(traceOf({ platform: 'java', exception: [{ type: 'E', stacktrace: { frames } }] })).toMatchObject({
      language: 'java',
      frames: [{ file: 'com/acme/shop/Cart.java', symbol: 'total' }],
    });
  });

  it('of a language whose traces we do not read is a log record', () => {
    expect(
      records('event', { platform: 'elixir', exception: [{ type: 'ArgumentError', value: 'bad' }] }),
    ).toEqual([
      {
        type: 'log',
        timestamp: NOW,
        metadata: { project: '42', platform: 'elixir' },
        data: { message: 'ArgumentError: bad', level: 'error', fields: {} },
      },
    ]);
    expect(first('event', { platform: 'constructor', exception: [{ type: 'E' }] })?.type).toBe('log');
  });

  it('keeps its innermost frames when it is deep', () => {
    const frames = Array.from({ length: 500 }, (_, i) => ({ filename: 'a.js', lineno: i + 1 }));
    const trace = traceOf({ platform: 'node', exception: [{ type: 'RangeError', stacktrace: { frames } }] });
    expect(trace.frames).toHaveLength(100);
    expect(trace.frames[0]?.line).toBe(500);
  });
});

describe('other items', () => {
  it('a message is a log record with its level', () => {
    expect(first('event', { message: 'hello', level: 'warning' })?.data).toEqual({
      message: 'hello',
      level: 'warn',
      fields: {},
    });
    expect(first('event', { message: { message: 'hi %s' }, level: 'log' })?.data).toMatchObject({
      message: 'hi %s',
      level: 'info',
    });
  });

  it('a transaction is a log record that says how long it took', () => {
    const transaction = {
      type: 'transaction',
      transaction: 'GET /pay',
      start_timestamp: NOW / 1000 - 2,
      timestamp: NOW / 1000 - 1.5,
      contexts: { trace: { trace_id: 'abc', op: 'http.server', status: 'ok' } },
      spans: [{ op: 'db', start_timestamp: 1, timestamp: 2 }],
    };
    expect(records('transaction', transaction)).toEqual([
      {
        type: 'log',
        timestamp: NOW - 1500,
        metadata: { project: '42', transaction: 'GET /pay' },
        data: {
          message: 'GET /pay',
          level: 'info',
          fields: { trace_id: 'abc', route: 'GET /pay', duration_ms: 500, op: 'http.server', status: 'ok' },
        },
      },
    ]);
    expect(records('transaction', { type: 'transaction', transaction: 'no times' })).toEqual([]);
  });

  it('streamed spans count where they are the root of their part', () => {
    const items = [
      { name: 'db', start_timestamp: 1772711998, end_timestamp: 1772711999, is_segment: false },
      {
        name: 'GET /pay',
        start_timestamp: 1772711998,
        end_timestamp: 1772711998.0125,
        is_segment: true,
        status: 'ok',
        attributes: {
          'sentry.op': { value: 'http.server', type: 'string' },
          'sentry.release': { value: 'shop@2', type: 'string' },
          'http.response.status_code': { value: 200, type: 'integer' },
          'device.archs': { value: ['x64'], type: 'array' },
        },
      },
    ];
    expect(records('span', { version: 2, items })).toMatchObject([
      {
        metadata: { project: '42', release: 'shop@2' },
        data: {
          message: 'GET /pay',
          fields: {
            route: 'GET /pay',
            duration_ms: 12.5,
            'http.response.status_code': 200,
            op: 'http.server',
          },
        },
      },
    ]);
    expect(records('span', { op: 'ui.webvital.inp' })).toEqual([]);
  });

  it('logs keep their attributes', () => {
    const log = {
      timestamp: 1772711998,
      level: 'error',
      body: 'checkout failed',
      trace_id: 'abc',
      attributes: { orderId: { value: 7, type: 'integer' }, 'sentry.environment': { value: 'prod' } },
    };
    expect(records('log', { items: [log, { body: 'bare' }] })).toEqual([
      {
        type: 'log',
        timestamp: NOW - 2000,
        metadata: { project: '42', environment: 'prod' },
        data: { message: 'checkout failed', level: 'error', fields: { orderId: 7, trace_id: 'abc' } },
      },
      {
        type: 'log',
        timestamp: NOW,
        metadata: { project: '42' },
        data: { message: 'bare', level: null, fields: {} },
      },
    ]);
  });

  it('sessions, client reports and what is not known tell nothing', () => {
    for (const type of ['session', 'sessions', 'client_report', 'attachment', 'constructor', 'new_thing'])
      expect(records(type, { anything: true })).toEqual([]);
  });

  it('is refused when it is not what its type says', () => {
    expect(records('event', [])).toBeNull();
    expect(records('log', { items: 'none' })).toBeNull();
    expect(itemRecords({ type: 'event', payload: Buffer.from('{') }, arrival)).toBeNull();
  });
});

describe('any event', () => {
  it('is read without throwing, and its labels are bounded texts', () => {
    const shape = fc.record(
      {
        platform: fc.oneof(fc.constantFrom('node', 'python', 'java'), fc.jsonValue()),
        timestamp: fc.jsonValue(),
        level: fc.jsonValue(),
        message: fc.jsonValue(),
        logentry: fc.jsonValue(),
        tags: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
        breadcrumbs: fc.jsonValue(),
        contexts: fc.jsonValue(),
        exception: fc.oneof(
          fc.jsonValue(),
          fc.array(
            fc.record(
              {
                type: fc.jsonValue(),
                value: fc.jsonValue(),
                mechanism: fc.record({ exception_id: fc.nat(3), parent_id: fc.nat(3) }),
                stacktrace: fc.oneof(fc.jsonValue(), fc.record({ frames: fc.array(fc.jsonValue()) })),
              },
              { requiredKeys: [] },
            ),
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, fc.constantFrom('event', 'transaction'), (event, type) => {
        for (const { timestamp, metadata } of records(type, event) ?? []) {
          expect(Number.isFinite(timestamp)).toBe(true);
          expect(Object.keys(metadata).length).toBeLessThanOrEqual(64);
          for (const value of Object.values(metadata)) expect(value.length).toBeLessThanOrEqual(500);
        }
      }),
      { numRuns: 300 },
    );
  });
});
