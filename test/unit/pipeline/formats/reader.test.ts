import { describe, expect, it } from 'vitest';
import { VigilError } from '../../../../src/domain/errors.ts';
import { compilePatterns } from '../../../../src/pipeline/formats/compile-patterns.ts';
import { lineReader } from '../../../../src/pipeline/formats/reader.ts';

const READ_AT = Date.UTC(2026, 6, 10);

describe('a reader', () => {
  it('says what it understood', () => {
    const reader = lineReader({ timezone: '+02:00', patterns: [] });
    const lines = [
      '{"level":30,"time":1782896400000,"msg":"a"}',
      'b',
      '2026-07-01 09:00:55 INFO c',
      'd',
      'e',
    ];
    for (const line of lines) reader.read(line, READ_AT);
    expect(reader.understood()).toEqual({
      lines: 5,
      formats: [
        ['plain text', 3],
        ['json', 1],
        ['text with level', 1],
      ],
      withTime: 0.4,
      withLevel: 0.4,
      wrapped: 0,
      zone: { name: '+02:00', from: 'given' },
    });
  });

  it('tries the own patterns first: time, level, message, and fields of any other name', () => {
    const pattern = String.raw`^#(?<time>\S+ \S+) (?<level>\w+) job=(?<job_id>\d+) took=(?<took_ms>[\d.]+|-) (?<message>.*)`;
    const reader = lineReader({
      timezone: '+02:00',
      patterns: compilePatterns(['^never (?<x>a)$', pattern]),
    });
    expect(reader.read('#01.07.2026 11:00:55 WARN job=7 took=12.5 slow', READ_AT)).toEqual({
      timestamp: Date.UTC(2026, 6, 1, 9, 0, 55),
      level: 'warn',
      message: 'slow',
      fields: { job_id: 7, took_ms: 12.5 },
    });
    expect(reader.read('2026-07-01 11:00:55 INFO x', READ_AT)).toMatchObject({ level: 'info', message: 'x' });
    expect(reader.understood().formats).toEqual([
      ['own pattern', 1],
      ['text with level', 1],
    ]);
  });

  it.each([
    ['(?<message>', 'missing'],
    ['(?<a>x)(?=y)', 'look'],
    ['(a+)+', 'named group'],
  ])('refuses the pattern %s', (pattern) => {
    expect(() => compilePatterns(['(?<message>.*)', pattern])).toThrow(VigilError);
    expect(() => compilePatterns([pattern])).toThrow(pattern);
  });
});
