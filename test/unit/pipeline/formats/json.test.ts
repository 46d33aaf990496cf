import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../../../src/pipeline/formats/detect.ts';

const READ_AT = Date.UTC(2026, 6, 10);
const NOON = Date.UTC(2026, 0, 5, 12);
const read = (fields: object) => parseLine(JSON.stringify(fields), READ_AT);

describe('records with fields', () => {
  it.each([
    ['pino', { level: 50, time: NOON, msg: 'x' }, 'error'],
    ['bunyan', { name: 'a', level: 40, time: '2026-01-05T12:00:00.000Z', msg: 'x', v: 0 }, 'warn'],
    ['winston', { level: 'info', message: 'x', timestamp: '2026-01-05T12:00:00Z' }, 'info'],
    [
      'zap',
      { level: 'dpanic', ts: 1767614400, caller: 'a/b.go:12', msg: 'x', stacktrace: 'main.f' },
      'fatal',
    ],
    [
      'logback',
      { '@timestamp': '2026-01-05T13:00:00.000+01:00', level: 'WARN', logger_name: 'c.A', message: 'x' },
      'warn',
    ],
    ['structlog', { event: 'x', level: 'critical', timestamp: '2026-01-05T12:00:00Z' }, 'fatal'],
    ['Serilog', { '@t': '2026-01-05T12:00:00Z', '@mt': 'x', '@l': 'Warning' }, 'warn'],
    ['Serilog, whose information goes without saying', { '@t': '2026-01-05T12:00:00Z', '@m': 'x' }, 'info'],
    ['Elastic, flat', { '@timestamp': '2026-01-05T12:00:00Z', 'log.level': 'ERROR', message: 'x' }, 'error'],
    [
      'Elastic, nested',
      { '@timestamp': '2026-01-05T12:00:00Z', log: { level: 'debug' }, message: 'x' },
      'debug',
    ],
    ['Google', { severity: 'CRITICAL', timestamp: '2026-01-05T12:00:00Z', textPayload: 'x' }, 'fatal'],
    [
      'Google, nested',
      { severity: 'NOTICE', timestamp: { seconds: 1767614400, nanos: 0 }, jsonPayload: { message: 'x' } },
      'info',
    ],
    ['klog', { ts: 1767614400000.5, caller: 'a.go:1', msg: 'x', err: 'boom' }, 'error'],
    ['klog, told', { ts: 1767614400000.5, caller: 'a.go:1', msg: 'x', v: 2 }, 'info'],
    [
      'Monolog',
      { message: 'x', level: 400, level_name: 'ERROR', datetime: '2026-01-05T12:00:00+00:00' },
      'error',
    ],
    [
      'Monolog, old',
      { message: 'x', level_name: 'ALERT', datetime: { date: '2026-01-05 12:00:00.000000' } },
      'fatal',
    ],
    [
      'log4j2',
      { instant: { epochSecond: 1767614400, nanoOfSecond: 5e5 }, level: 'FATAL', message: 'x' },
      'fatal',
    ],
    ['MongoDB', { t: { $date: '2026-01-05T12:00:00.000+00:00' }, s: 'E', c: 'NETWORK', msg: 'x' }, 'error'],
    ['GELF', { version: '1.1', host: 'a', short_message: 'x', timestamp: 1767614400, level: 4 }, 'warn'],
    ['Python', { asctime: '2026-01-05 12:00:00,000', levelname: 'WARNING', message: 'x' }, 'warn'],
  ])('of %s', (_, fields, level) => {
    const record = read(fields);
    expect(record).toMatchObject({ level, message: 'x' });
    expect(Math.floor(record.timestamp ?? 0)).toBe(NOON);
    expect(record.fields).toEqual(fields);
  });

  it('of the pino that is installed', () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line: string) => void lines.push(line) });
    logger.warn({ duration_ms: 5 }, 'slow');
    logger.error(new Error('broken'));
    const [slow, broken] = lines.map((line) => parseLine(line, READ_AT));
    expect(slow).toMatchObject({ level: 'warn', message: 'slow', fields: { duration_ms: 5 } });
    expect(broken).toMatchObject({ level: 'error', message: 'broken', fields: { err: { type: 'Error' } } });
    expect(slow?.timestamp).toBeTypeOf('number');
  });

  it('reads a number named `time` that is a duration as no time', () => {
    expect(read({ time: 12.5, timestamp: '2026-01-05T12:00:00Z', msg: 'x' }).timestamp).toBe(NOON);
  });

  it('as logfmt, durations as ms', () => {
    const line = 'ts=2026-01-05T12:00:00Z caller=main.go:513 level=warn msg="a \\"b\\"" duration=1.5s n=1';
    expect(parseLine(line, READ_AT)).toEqual({
      timestamp: NOON,
      level: 'warn',
      message: 'a "b"',
      fields: {
        ts: '2026-01-05T12:00:00Z',
        caller: 'main.go:513',
        level: 'warn',
        msg: 'a "b"',
        duration: 1500,
        n: 1,
      },
    });
    expect(parseLine('at=info method=GET path=/a service=12ms status=200', READ_AT).fields).toMatchObject({
      path: '/a',
      service: 12,
      status: 200,
    });
  });

  it.each([
    ['2026-01-05T12:00:00Z {"level":"warn","msg":"x"}'],
    ['2026-01-05T12:00:00Z level=warn msg=x'],
    ['<13>Jan  5 12:00:00 host app[1]: {"level":"warn","msg":"x"}'],
    ['\u001b[33m{"level":"warn","msg":"\\u001b[36mx\\u001b[39m","time":1767614400000}\u001b[0m'],
  ])('behind what a carrier wrote: %j', (line) => {
    expect(parseLine(line, READ_AT)).toMatchObject({ timestamp: NOON, level: 'warn', message: 'x' });
  });
});
