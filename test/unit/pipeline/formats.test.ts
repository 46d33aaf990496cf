import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../src/pipeline/formats/detect.ts';
import { isoTime, timeOf } from '../../../src/pipeline/formats/time.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const read = (line: string) => parseLine(line, READ_AT);
const at = (...parts: [number, number, number, number?, number?, number?, number?]) => Date.UTC(...parts);

describe('formats', () => {
  it.each([
    ['pino', '{"level":50,"time":1767614400123,"msg":"x"}', 1767614400123, 'error', 'x'],
    [
      'bunyan',
      '{"name":"a","level":40,"time":"2026-01-05T12:00:00.123Z","msg":"x","v":0}',
      1767614400123,
      'warn',
      'x',
    ],
    [
      'winston',
      '{"level":"info","message":"x","timestamp":"2026-01-05T12:00:00Z"}',
      1767614400000,
      'info',
      'x',
    ],
    ['structlog', '{"event":"x","level":"critical","timestamp":1767614400.5}', 1767614400500, 'fatal', 'x'],
    [
      'elastic',
      '{"@timestamp":"2026-01-05T14:00:00+02:00","log":{"level":"debug"},"message":"x"}',
      1767614400000,
      'debug',
      'x',
    ],
    ['logfmt', 'ts=2026-01-05T12:00:00Z level=warn msg="a \\"b\\"" n=1', 1767614400000, 'warn', 'a "b"'],
    ['python', '2026-01-05 12:00:00,123 ERROR x', 1767614400123, 'error', 'ERROR x'],
    ['log4j in brackets', '[2026-01-05T12:00:00.5Z] [warn] x', 1767614400500, 'warn', '[warn] x'],
    ['hdfs', '081109 203615 148 INFO x', at(2008, 10, 9, 20, 36, 15), 'info', '148 INFO x'],
    ['spark', '17/06/09 20:10:40 INFO x', at(2017, 5, 9, 20, 10, 40), 'info', 'INFO x'],
    [
      'syslog of this year',
      'Jul  1 09:00:55 host app[1]: x',
      at(2026, 6, 1, 9, 0, 55),
      null,
      'host app[1]: x',
    ],
    [
      'syslog of last year',
      'Dec 31 09:00:55 host app[1]: x',
      at(2025, 11, 31, 9, 0, 55),
      null,
      'host app[1]: x',
    ],
    [
      'android',
      '03-17 16:13:38.811  1702  2395 W Wm: x',
      at(2026, 2, 17, 16, 13, 38, 811),
      'warn',
      '1702  2395 W Wm: x',
    ],
    [
      'bgl',
      '- 1117838570 2005.06.03 R02 RAS KERNEL FATAL x',
      1117838570000,
      'fatal',
      '2005.06.03 R02 RAS KERNEL FATAL x',
    ],
    ['no time', 'Server started', null, null, 'Server started'],
    ['an error class', 'TypeError: x is not a function', null, 'error', 'TypeError: x is not a function'],
  ])('reads %s', (_, line, ...[timestamp, level, message]) => {
    expect(read(line)).toMatchObject({ timestamp, level, message });
  });

  it.each([
    '',
    '{',
    '{"a":',
    '[1,2]',
    '"x"',
    'null',
    '\u0000\uffff',
    '=',
    'a=',
    '='.repeat(5000),
    `${'x'.repeat(200_000)}=1`,
  ])('does not throw on %j', (line) => {
    expect(read(line).message).toBeTypeOf('string');
  });

  it('keeps the fields of JSON and logfmt, durations as ms', () => {
    expect(read('{"msg":"x","duration_ms":5,"res":{"statusCode":200}}').fields).toMatchObject({
      duration_ms: 5,
    });
    expect(read('at=info method=GET path=/a service=1.5s status=200').fields).toMatchObject({
      path: '/a',
      service: 1500,
      status: 200,
    });
  });

  it('takes durations and statuses out of sentences, and no other numbers', () => {
    expect(read('request done path=/a duration_ms=12 user=7').fields).toEqual({
      duration_ms: 12,
      path: '/a',
    });
    expect(read('acquire lock=233570404, flags=0x1').fields).toBeNull();
  });

  it('tells epoch seconds, ms, microseconds and nanoseconds apart', () => {
    for (const scale of [1e-3, 1, 1e3, 1e6])
      expect(timeOf(1767614400000 * scale)).toBeCloseTo(1767614400000, -1);
    expect(timeOf('1767614400')).toBe(1767614400000);
    expect([timeOf(12), timeOf('soon'), timeOf(null), timeOf(Number.NaN)]).toEqual([null, null, null, null]);
  });

  it('answers null for what only looks like a time', () => {
    expect(
      ['2026-13-05T12:00:00Z', '2026-01-05T99:00:00Z', '2026-01-05', 'xxxx-xx-xxTxx:xx:xx'].map((t) =>
        isoTime(t),
      ),
    ).toEqual([null, null, null, null]);
  });
});
