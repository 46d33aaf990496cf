import { describe, expect, it } from 'vitest';
import type { Level } from '../../../../src/domain/event.ts';
import { parseLine } from '../../../../src/pipeline/formats/detect.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const read = (line: string) => parseLine(line, READ_AT);

type Row = readonly [
  logger: string,
  line: string,
  level: Level | null,
  message: string,
  fields: object | null,
];

/** Lines as the loggers write them, all of 1 July 2026, 09:00:55 UTC. */
const DATED: readonly Row[] = [
  [
    "Python's usual",
    '2026-07-01 09:00:55,000 - shop.cart - ERROR - no such item',
    'error',
    'no such item',
    { logger: 'shop.cart' },
  ],
  ['Python, short', '2026-07-01 09:00:55,000 WARNING it failed', 'warn', 'it failed', null],
  [
    'Python, with a thread',
    '2026-07-01 09:00:55,000 [MainThread] ERROR    shop: no such item',
    'error',
    'no such item',
    { logger: 'shop', thread: 'MainThread' },
  ],
  [
    'Python, with ms twice',
    '2026-07-01 09:00:55,000,262 shop.cart ERROR no such item',
    'error',
    'no such item',
    { logger: 'shop.cart', thread: '262' },
  ],
  [
    'loguru',
    '2026-07-01 09:00:55.000 | INFO     | app.main:run:12 - hello',
    'info',
    'hello',
    { logger: 'app.main:run:12' },
  ],
  [
    'celery',
    '[2026-07-01 09:00:55,000: ERROR/ForkPoolWorker-1] Task x raised',
    'error',
    'Task x raised',
    { thread: 'ForkPoolWorker-1' },
  ],
  ['gunicorn', '[2026-07-01 09:00:55 +0000] [123] [INFO] Listening', 'info', 'Listening', { thread: '123' }],
  [
    'Log4j and Logback',
    '2026-07-01 09:00:55.000 [http-nio-1] INFO  com.acme.App - started',
    'info',
    'started',
    { logger: 'com.acme.App', thread: 'http-nio-1' },
  ],
  [
    'Spring Boot',
    '2026-07-01T09:00:55.000Z  WARN 123 --- [my app] [  restartedMain] c.e.App       : careful: x',
    'warn',
    'careful: x',
    { logger: 'c.e.App', thread: 'restartedMain' },
  ],
  [
    'Elasticsearch',
    '[2026-07-01T09:00:55,000][INFO ][o.e.n.Node               ] [node-1] started',
    'info',
    'started',
    { logger: 'o.e.n.Node', thread: 'node-1' },
  ],
  [
    'Tomcat',
    '01-Jul-2026 09:00:55.000 SEVERE [main] org.apache.Start.run Failed to start',
    'error',
    'org.apache.Start.run Failed to start',
    { thread: 'main' },
  ],
  ['java.util.logging', 'Jul 01, 2026 9:00:55 AM com.x.Foo run', null, 'com.x.Foo run', null],
  [
    'NLog',
    '2026-07-01 09:00:55.0001|ERROR|My.Logger|it failed',
    'error',
    'it failed',
    { logger: 'My.Logger' },
  ],
  [
    'zap for people',
    '2026-07-01T09:00:55.000Z\tINFO\tserver/main.go:12\tlistening\t{"port": 80}',
    'info',
    'listening',
    { logger: 'server/main.go:12', port: 80 },
  ],
  ["Go's log", '2026/07/01 09:00:55 main.go:12: hello', null, 'hello', { caller: 'main.go:12' }],
  ["Go's log, microseconds", '2026/07/01 09:00:55.000123 hello', null, 'hello', null],
  ["slog's default", '2026/07/01 09:00:55 ERROR it failed err=EOF', 'error', 'it failed err=EOF', null],
  [
    'klog',
    'E0701 09:00:55.000456       1 file.go:12] it broke',
    'error',
    'it broke',
    { caller: 'file.go:12', thread: '1' },
  ],
  [
    'Rust env_logger',
    '[2026-07-01T09:00:55Z INFO  my_crate::x] hello',
    'info',
    'hello',
    { logger: 'my_crate::x' },
  ],
  [
    'Rust tracing',
    '2026-07-01T09:00:55.000Z  INFO my_crate::mod: hello k=1',
    'info',
    'hello k=1',
    { logger: 'my_crate::mod' },
  ],
  [
    "Ruby's Logger",
    'E, [2026-07-01T09:00:55.000123 #123] ERROR -- worker: it failed',
    'error',
    'it failed',
    { logger: 'worker', thread: '123' },
  ],
  [
    'Rails in production',
    'I, [2026-07-01T09:00:55.000123 #123]  INFO -- : [1b4e28ba-2fa1-11d2-883f-0016d3cca427] Started GET "/x?a=1" for 127.0.0.1 at 2026-07-01 09:00:55 +0000',
    'info',
    'Started GET /x',
    { thread: '123', request_id: '1b4e28ba-2fa1-11d2-883f-0016d3cca427', path: '/x?a=1' },
  ],
  [
    'Rails in development',
    'Started POST "/orders/5" for ::1 at 2026-07-01 11:00:55 +0200',
    null,
    'Started POST /orders/5',
    { method: 'POST', path: '/orders/5' },
  ],
  [
    'Laravel',
    '[2026-07-01 09:00:55] production.ERROR: it failed',
    'error',
    'it failed',
    { logger: 'production' },
  ],
  [
    'NestJS',
    '[Nest] 123  - 07/01/2026, 9:00:55 AM     LOG [InstanceLoader] AppModule ready',
    'info',
    'AppModule ready',
    { thread: 'InstanceLoader' },
  ],
  [
    'AWS Lambda',
    '2026-07-01T09:00:55.000Z\t1b4e28ba-2fa1-11d2-883f-0016d3cca427\tERROR\tit failed',
    'error',
    'it failed',
    { thread: '1b4e28ba-2fa1-11d2-883f-0016d3cca427' },
  ],
  [
    'PostgreSQL',
    '2026-07-01 09:00:55.000 UTC [123] shop@db ERROR:  relation "x" does not exist',
    'error',
    'relation "x" does not exist',
    { logger: 'shop@db', thread: '123' },
  ],
  [
    'MySQL',
    '2026-07-01T09:00:55.000456Z 8 [Warning] [MY-010068] [Server] CA is self signed.',
    'warn',
    'CA is self signed.',
    { thread: '8' },
  ],
  ['Redis', '123:M 01 Jul 2026 09:00:55.000 * Ready', null, '* Ready', null],
  [
    'nginx errors',
    '2026/07/01 09:00:55 [error] 123#0: *45 open() "/x" failed (2: No such file), client: 1.2.3.4, server: _, request: "GET /x HTTP/1.1", host: "h"',
    'error',
    'open() "/x" failed (2: No such file)',
    { thread: '123#0', client: '1.2.3.4', server: '_', request: 'GET /x HTTP/1.1', host: 'h' },
  ],
  [
    'Apache errors',
    '[Wed Jul 01 09:00:55.000456 2026] [core:error] [pid 12:tid 34] [client 1.2.3.4:55] File does not exist: /x',
    'error',
    'File does not exist: /x',
    { thread: 'pid 12:tid 34' },
  ],
  [
    'Apache errors, old',
    '[Wed Jul 01 09:00:55 2026] [warn] [client 1.2.3.4] careful',
    'warn',
    'careful',
    { thread: 'client 1.2.3.4' },
  ],
  [
    'Combined Log Format',
    '1.2.3.4 - frank [01/Jul/2026:11:00:55 +0200] "GET /a?b=1 HTTP/1.1" 500 2326 "http://x/" "Mozilla/5.0 (\\"X11\\")" 0.012',
    null,
    'GET /a',
    {
      client: '1.2.3.4',
      user: 'frank',
      method: 'GET',
      path: '/a?b=1',
      status: 500,
      bytes: 2326,
      referer: 'http://x/',
      agent: 'Mozilla/5.0 (\\"X11\\")',
      request_time: 0.012,
    },
  ],
  [
    'Common Log Format',
    '::1 - - [01/Jul/2026:09:00:55 +0000] "HEAD / HTTP/1.0" 304 -',
    null,
    'HEAD /',
    { client: '::1', method: 'HEAD', path: '/', status: 304 },
  ],
  [
    'a TLS hello on a plain port',
    '1.2.3.4 - - [01/Jul/2026:09:00:55 +0000] "\\x16\\x03\\x01" 400 150 "-" "-"',
    null,
    'malformed request',
    { client: '1.2.3.4', status: 400, bytes: 150 },
  ],
  [
    'Django',
    '[01/Jul/2026 09:00:55] "GET /x HTTP/1.1" 500 12',
    null,
    'GET /x',
    { method: 'GET', path: '/x', status: 500 },
  ],
  [
    'syslog, RFC 5424',
    '<34>1 2026-07-01T09:00:55.000Z web1 su 77 ID47 [ex@1 iut="3" e="a\\"b\\]"][b@2 x="y"] \ufeffsu failed',
    'fatal',
    'su failed',
    { host: 'web1', program: 'su', pid: '77', 'ex@1.iut': '3', 'ex@1.e': 'a"b]', 'b@2.x': 'y' },
  ],
  [
    'syslog, RFC 3164',
    '<27>Jul  1 09:00:55 web1 cron[12]: job failed',
    'error',
    'job failed',
    { host: 'web1', program: 'cron', pid: '12' },
  ],
  [
    'a syslog file',
    'Jul  1 09:00:55 web1 Google Chrome[12]: crashed',
    null,
    'crashed',
    { host: 'web1', program: 'Google Chrome', pid: '12' },
  ],
  [
    'OpenStack, behind the name of a file',
    'nova-api.log.1.2017-05-16_13:53:08 2026-07-01 09:00:55.008 25746 INFO nova.api.server [req-38 - - -] 1.2.3.4 "GET /v2/54 HTTP/1.1" status: 200',
    'info',
    '1.2.3.4 "GET /v2/54 HTTP/1.1" status: 200',
    { logger: 'nova.api.server', thread: '25746' },
  ],
  [
    "BlueGene's alerts",
    'KERNDTLB 1782896455 2005.06.03 R02-M1 RAS KERNEL FATAL data TLB error',
    'fatal',
    '2005.06.03 R02-M1 RAS KERNEL FATAL data TLB error',
    null,
  ],
  [
    "macOS's system.log",
    'Jul  1 09:00:55 web1 sandboxd[129] ([31211]): deny network-outbound',
    null,
    'deny network-outbound',
    { host: 'web1', program: 'sandboxd', pid: '129' },
  ],
  [
    "rsyslog's file",
    '2026-07-01T11:00:55.000456+02:00 web1 sshd[123]: Accepted',
    null,
    'Accepted',
    { host: 'web1', program: 'sshd', pid: '123' },
  ],
  ['a level in brackets', '[2026-07-01T09:00:55Z] [warn] x', 'warn', 'x', null],
  [
    'coloured',
    '\u001b[90m2026-07-01T09:00:55Z\u001b[0m \u001b[31mERROR\u001b[39m it failed',
    'error',
    'it failed',
    null,
  ],
  [
    'coloured, by a carrier that escapes',
    '2026-07-01T09:00:55Z \\u001b[31mERROR\\u001b[39m it failed #033[0m',
    'error',
    'it failed',
    null,
  ],
];

const UNDATED: readonly Row[] = [
  ["Python's basicConfig", 'ERROR:shop.cart:no such item', 'error', 'no such item', { logger: 'shop.cart' }],
  [
    'uvicorn',
    'INFO:     127.0.0.1:5432 - "GET /x?y HTTP/1.1" 200 OK',
    'info',
    'GET /x',
    { method: 'GET', path: '/x?y', status: 200 },
  ],
  [
    'morgan',
    'GET /a?x=1 200 12.345 ms - 5',
    null,
    'GET /a',
    { method: 'GET', path: '/a?x=1', status: 200, response_time_ms: 12.345, bytes: 5 },
  ],
  [
    "Logback's basic",
    '09:00:55.123 [main] ERROR c.a.App -- it failed',
    'error',
    'it failed',
    { logger: 'c.a.App', thread: 'main' },
  ],
  [
    'JBoss and Quarkus',
    '09:00:55,123 INFO  [org.jboss.as] (MSC service thread 1-2) started',
    'info',
    'started',
    { logger: 'org.jboss.as', thread: 'MSC service thread 1-2' },
  ],
  ['Serilog for people', '[09:00:55 ERR] it failed', 'error', 'it failed', null],
  ['java.util.logging, its second line', 'SEVERE: it failed', 'error', 'it failed', null],
  ['winston, simple', 'info: listening', 'info', 'listening', null],
  ['winston, simple, coloured', '\u001b[32minfo\u001b[39m: listening', 'info', 'listening', null],
  [
    'Rails, the end of a request',
    'Completed 500 Internal Server Error in 12ms (Views: 1.0ms | ActiveRecord: 2.0ms)',
    null,
    'Completed 500 Internal Server Error',
    { status: 500, duration_ms: 12 },
  ],
  ['journald, of a program', '<3>it failed', 'error', 'it failed', null],
  ['no format', 'Server started', null, 'Server started', null],
  ["an exception's name", 'TypeError: x is not a function', 'error', 'TypeError: x is not a function', null],
  ['the bare Error', 'Error: connect ECONNREFUSED', 'error', 'Error: connect ECONNREFUSED', null],
  ['a sentence that begins with a level', 'error connecting to db', 'error', 'error connecting to db', null],
  ['a word that some loggers use as level', 'HTTP request failed', null, 'HTTP request failed', null],
  [
    'a number that only looks like a time',
    'order 1767614400 accepted',
    null,
    'order 1767614400 accepted',
    null,
  ],
  [
    'a time that is not its own',
    'try again at 2026-07-01T10:00:00Z',
    null,
    'try again at 2026-07-01T10:00:00Z',
    null,
  ],
  [
    'measures',
    'done path=/a duration_ms=12 user=7',
    null,
    'done path=/a duration_ms=12 user=7',
    { duration_ms: 12, path: '/a' },
  ],
  ['other numbers', 'lock=233570404, flags=0x1', null, 'lock=233570404, flags=0x1', null],
];

describe('lines of text', () => {
  it.each(DATED)('of %s', (_, line, ...[level, message, fields]) => {
    const record = read(line);
    expect(record).toMatchObject({ level, message });
    expect(Math.floor((record.timestamp ?? 0) / 1000) * 1000).toBe(Date.UTC(2026, 6, 1, 9, 0, 55));
    if (fields === null) expect(record.fields).toBeNull();
    else expect(record.fields).toMatchObject(fields);
  });

  it.each(UNDATED)('without a date, of %s', (_, line, ...[level, message, fields]) => {
    expect(read(line)).toEqual({ timestamp: null, level, message, fields });
  });

  it.each([
    '',
    '{',
    '{"a":',
    '[1,2]',
    '"x"',
    'null',
    '\u0000\uffff',
    '\u001b',
    '\u001b[',
    '=',
    'a=',
    '<34>',
    '<34>1 ',
    '<999>x',
    '[',
    '[]',
    '2026-07-01T09:00:55Z',
    'ERROR',
    '2026-07-01T09:00:55Z ERROR',
    'Jul  1 09:00:55',
    'Jul  1 09:00:55 ',
    'E, [',
    'E0701 ',
    '1.2.3.4 - - [01/Jul/2026:09:00:55 +0000] "',
    '='.repeat(5000),
    `${'x'.repeat(200_000)}=1`,
  ])('does not throw on %j, and keeps its text', (line) => {
    const { message } = read(line);
    expect(message).toBeTypeOf('string');
    if (/^[A-Z0-9]/.test(line)) expect(message).not.toBe('');
  });
});
