import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/domain/detection.ts';
import { explain, lengthText, numberText } from '../../../src/domain/explain.ts';

const HOUR = 3_600_000;

const deviation: Extract<Evidence, { kind: 'deviation' }> = {
  kind: 'deviation',
  compared: 'mean',
  value: 4.2,
  points: 24,
  spanMs: 2 * HOUR,
  baseline: 1.5,
  spread: 0.1,
  expected: [1.1, 1.9],
  learned: 4032,
  since: Date.UTC(2026, 10, 12, 8),
  tail: 1e-5,
  timesADay: 1 / 70,
};

describe('evidence in one sentence', () => {
  it('says what was compared, what is usual, how often it comes, and what it was learnt from', () => {
    expect(explain(deviation)).toBe(
      'the mean of the last 24 points (2 h) is 4.2; 1.1 to 1.9 is usual; this comes once in 70 days; learnt from 4,032 points since 2026-11-12',
    );
  });

  it.each([
    [{ compared: 'value', value: 9000, points: 1 } as const, 'the value is 9,000; 1.1 to 1.9 is usual'],
    [{ compared: 'step' } as const, 'the mean step of the last 24 points (2 h) is 4.2; 1.1 to 1.9 is usual'],
    [
      { compared: 'stillness', expected: null, points: 40 } as const,
      '4.2 40 times in a row (2 h), where it changes nearly each time',
    ],
    [{ compared: 'change' } as const, 'the value is 4.2 after 1.5; 1.1 to 1.9 is usual'],
    [{ timesADay: 3 }, 'this comes 3 times a day'],
    [{ timesADay: 1e-9 }, 'this comes less than once in 1,000 days'],
  ])('tells apart %o', (changes, words) => {
    expect(explain({ ...deviation, ...changes })).toContain(words);
  });

  it('knows the first exception of all', () => {
    const fresh = { kind: 'new_error', errorType: 'TypeError', where: 'src/a.js f', learned: 0 } as const;
    expect(explain(fresh)).toBe('TypeError at src/a.js f is the first exception of all');
    expect(explain({ ...fresh, where: null, learned: 1200 })).toBe(
      'TypeError was never among 1,200 exceptions before',
    );
  });

  it('says what share of all a message has now, and which values a field had before', () => {
    const mix: Evidence = {
      kind: 'mix',
      divergence: 0.2,
      usualDivergence: 0.01,
      template: 'cache miss',
      share: 0.4,
      usualShare: 0.0312,
      learned: 1200,
    };
    expect(explain(mix)).toBe(
      '40% of all messages where 3.12% is usual: cache miss; learnt from 1,200 windows',
    );
    const usual = ['card', 'cash'];
    expect(explain({ kind: 'new_value', field: 'method', value: 'none', usual, learned: 4300 })).toBe(
      'method is none, in 4,300 messages before only card, cash',
    );
  });

  it('shortens numbers and lengths of time', () => {
    expect([0, 0.00001, 12.3456, 98_765.4, -1500, 2e9].map(numberText)).toEqual([
      '0',
      '0.0000100',
      '12.3',
      '98,765',
      '-1,500',
      '2.00e+9',
    ]);
    expect([500, 90_000, 30 * 60_000, 5 * HOUR, 70 * 24 * HOUR].map(lengthText)).toEqual([
      '0.5 s',
      '90 s',
      '30 min',
      '5 h',
      '70 days',
    ]);
  });
});
