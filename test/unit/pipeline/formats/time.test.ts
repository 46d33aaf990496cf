import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../../src/pipeline/formats/context.ts';
import { timeOf } from '../../../../src/pipeline/formats/time/value.ts';
import { UTC } from '../../../../src/pipeline/formats/time/zone.ts';

const context = { ...contextOf(UTC), receivedAt: Date.UTC(2026, 6, 10) };
const read = (value: unknown) => timeOf(value, context);
const iso = (value: unknown) => {
  const time = read(value);
  return time === null ? null : new Date(time).toISOString();
};

describe('times', () => {
  it.each([
    ['2026-07-01T09:00:55Z', '09:00:55.000'],
    ['2026-07-01T09:00:55.123456789Z', '09:00:55.123'],
    ['2026-07-01T11:00:55.5+02:00', '09:00:55.500'],
    ['2026-07-01T04:30:55-0430', '09:00:55.000'],
    ['2026-07-01T11:00:55+02', '09:00:55.000'],
    ['2026-07-01 09:00:55,123', '09:00:55.123'],
    ['2026-07-01 11:00:55 +0200', '09:00:55.000'],
    ['2026-07-01 11:00:55.123 CEST', '09:00:55.123'],
    ['2026-07-01 09:00:55.123456789 +0000 UTC m=+0.01', '09:00:55.123'],
    ['2026/07/01 09:00:55.123456', '09:00:55.123'],
    ['2026.07.01 09:00:55', '09:00:55.000'],
    ['20260701T090055Z', '09:00:55.000'],
    ['20260701T110055.25+0200', '09:00:55.250'],
    ['Wed, 01 Jul 2026 11:00:55 +0200', '09:00:55.000'],
    ['Wed, 01 Jul 2026 09:00:55 GMT', '09:00:55.000'],
    ['Wednesday, 01-Jul-26 09:00:55 UTC', '09:00:55.000'],
    ['01/Jul/2026:11:00:55 +0200', '09:00:55.000'],
    ['01-Jul-2026 09:00:55.123', '09:00:55.123'],
    ['01 Jul 2026 09:00:55.123', '09:00:55.123'],
    ['Jul  1 09:00:55', '09:00:55.000'],
    ['Jul 01 09:00:55.123', '09:00:55.123'],
    ['Jul  1 2026 09:00:55', '09:00:55.000'],
    ['Jul 1, 2026 9:00:55 AM', '09:00:55.000'],
    ['Wed Jul  1 09:00:55 2026', '09:00:55.000'],
    ['Wed Jul 01 09:00:55.123456 2026', '09:00:55.123'],
    ['Wed Jul 01 05:00:55 EDT 2026', '09:00:55.000'],
    ['Wed Jul 01 11:00:55 +0200 2026', '09:00:55.000'],
    ['07/01/2026 9:00:55 AM', '09:00:55.000'],
    ['7/1/2026, 9:00:55 am', '09:00:55.000'],
    ['01.07.2026 09:00:55', '09:00:55.000'],
    ['26/07/01 09:00:55', '09:00:55.000'],
    ['260701 090055 ', '09:00:55.000'],
    ['07-01 09:00:55.123', '09:00:55.123'],
    ['1782896455', '09:00:55.000'],
    ['1782896455.123', '09:00:55.123'],
    [1782896455123, '09:00:55.123'],
  ])('of the form %s', (text, time) => {
    expect(iso(text)).toBe(`2026-07-01T${time}Z`);
  });

  it('takes the day first where it can be no month, and midnight and noon of twelve', () => {
    expect(iso('31/12/2025 09:00:55')).toBe('2025-12-31T09:00:55.000Z');
    expect(iso('12/31/2025 12:00:55 AM')).toBe('2025-12-31T00:00:55.000Z');
    expect(iso('12/31/2025 12:00:55 PM')).toBe('2025-12-31T12:00:55.000Z');
  });

  it('takes a date without a year as the latest that is not after it was read', () => {
    expect(iso('Dec 31 09:00:55')).toBe('2025-12-31T09:00:55.000Z');
    expect(iso('Jul 10 09:00:55')).toBe('2026-07-10T09:00:55.000Z');
  });

  it('tells epoch seconds, ms, microseconds and nanoseconds apart', () => {
    for (const scale of [1e-3, 1, 1e3, 1e6])
      expect(read(1767614400000 * scale)).toBeCloseTo(1767614400000, -1);
    expect([read(12), read('soon'), read(null), read(Number.NaN), read({})]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([
    '2026-13-05T12:00:00Z',
    '2026-01-05T99:00:00Z',
    '2026-01-05',
    'xxxx-xx-xxTxx:xx:xx',
    'Foo  1 09:00:55',
    'Jul 41 09:00:55',
    '99/99/2026 09:00:55',
    '01/Foo/2026:09:00:55 +0000',
    '123',
  ])('of %s is none', (text) => {
    expect(read(text)).toBeNull();
  });
});
