import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../../src/pipeline/formats/envelope.ts';
import { lineReader } from '../../../../src/pipeline/formats/reader.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const AT = Date.UTC(2026, 6, 1, 9, 0, 55, 123);
const SECOND = Date.UTC(2026, 6, 1, 9, 0, 55);
const NONE = { type: 'line', timestamp: null, level: null, partial: false, metadata: {} };

describe('an envelope', () => {
  it.each([
    [
      'Kubernetes',
      '2026-07-01T09:00:55.123456789Z stdout F {"a":1}',
      { text: '{"a":1}', lane: 'stdout', timestamp: AT },
    ],
    [
      'Kubernetes, a part of a line',
      '2026-07-01T11:00:55.123456789+02:00 stderr P   at f',
      { text: '  at f', lane: 'stderr', timestamp: AT, partial: true },
    ],
    [
      'Kubernetes, an empty line',
      '2026-07-01T09:00:55.123Z stdout F ',
      { text: '', lane: 'stdout', timestamp: AT },
    ],
    [
      'Docker',
      '{"log":"x\\ty\\n","stream":"stderr","time":"2026-07-01T09:00:55.123456789Z"}',
      { text: 'x\ty', lane: 'stderr', timestamp: AT },
    ],
    [
      'Docker, a part of a line with labels',
      '{"log":"x","stream":"stdout","attrs":{"service":"web"},"time":"2026-07-01T09:00:55.123456789Z"}',
      { text: 'x', lane: 'stdout', timestamp: AT, partial: true, metadata: { service: 'web' } },
    ],
    ['docker compose', 'web-1       | GET / 200', { text: 'GET / 200', lane: 'web-1' }],
    ['docker compose, old', 'shop_web_1  | x | y', { text: 'x | y', lane: 'shop_web_1' }],
    ['docker compose, an empty line', 'web-1  |', { text: '', lane: 'web-1' }],
    [
      'docker compose on a terminal',
      '\u001b[36mweb-1  | \u001b[0m\u001b[31mred\u001b[0m',
      { text: '\u001b[31mred\u001b[0m', lane: 'web-1' },
    ],
    ['kubectl', '[pod/web-5d9c-x/app] hello', { text: 'hello', lane: 'pod/web-5d9c-x/app' }],
    ['foreman', '09:00:55 web.1    | hello', { text: 'hello', lane: 'web.1' }],
    [
      'Heroku',
      '2026-07-01T09:00:55.123456+00:00 app[web.1]: hello',
      { text: 'hello', lane: 'app[web.1]', timestamp: AT },
    ],
    [
      'syslog, RFC 3164',
      '<27>Jul  1 09:00:55 web1 cron[12]: job failed',
      {
        text: 'job failed',
        lane: 'web1 cron[12]',
        timestamp: SECOND,
        level: 'error',
        metadata: { host: 'web1', program: 'cron' },
      },
    ],
    [
      'a syslog file',
      'Jul  1 09:00:55 web1 kernel: oom',
      { text: 'oom', lane: 'web1 kernel', timestamp: SECOND, metadata: { host: 'web1', program: 'kernel' } },
    ],
    [
      "rsyslog's file",
      '2026-07-01T09:00:55.123456+00:00 web1 kernel: oom',
      { text: 'oom', lane: 'web1 kernel', timestamp: AT, metadata: { host: 'web1', program: 'kernel' } },
    ],
    [
      'syslog, RFC 5424',
      '<12>1 2026-07-01T09:00:55.123Z - app - - [a@1 k="v"] x',
      { text: 'x', lane: 'app', timestamp: AT, level: 'warn', metadata: { program: 'app', 'a@1.k': 'v' } },
    ],
    ['syslog without a time', '<11>x', { text: 'x', lane: null, level: 'error' }],
  ])('of %s is taken off', (_, line, expected) => {
    expect(unwrap(line, READ_AT)).toEqual({ ...NONE, ...expected });
  });

  it.each([
    'Server started',
    '{"level":30,"time":1782896400000,"msg":"a"}',
    '{"log":"x","level":"info"}',
    '{"log":"half a li',
    '2026-07-01T09:00:55.123Z INFO x',
    '2026-07-01T09:00:55.123Z stdout closed',
    '2026-07-01T09:00:55Z worker failed: x',
    '2026-07-01T09:00:55.123456+02:00 worker failed: x',
    '2026-07-01 09:00:55 web[12]: x',
    'Jul  1 09:00:55 ERROR cart: x',
    'Jul 01, 2026 9:00:55 AM com.x.Foo run',
    'INFO     | app.main:run:12 - hello',
    'id | name',
    'utf-8 text',
    '09:00:55.123 [main] INFO x',
    '[main] INFO x',
    '<div>',
    '\u001b] | ',
    '\u001b[36m | x',
    '<p>1 2 3</p>',
    '',
  ])('is none for %j', (line) => {
    expect(unwrap(line, READ_AT)).toBeNull();
  });

  it("reads times without a zone in the source's", () => {
    const reader = lineReader({ timezone: '+02:00', patterns: [] });
    expect(reader.unwrap('Jul  1 11:00:55 web1 kernel: oom', READ_AT)?.timestamp).toBe(SECOND);
  });
});
