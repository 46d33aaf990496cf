import { describe, expect, it } from 'vitest';
import { epochMs } from '../../../../../src/adapters/sources/docker/instant.ts';
import { parseStamp, stampAt } from '../../../../../src/adapters/sources/docker/stamp.ts';

describe('the stamp of a line', () => {
  it.each([
    ['2026-01-05T12:00:00.123456789Z', 123_456_789],
    ['2026-01-05T12:00:00Z', 0],
    ['2026-01-05T14:30:00.5+02:30', 500_000_000],
    ['2026-01-05T04:00:00.000001-08:00', 1000],
  ])('%s', (text, nanos) => {
    const time = parseStamp(text);
    expect(time).toEqual({ seconds: Date.UTC(2026, 0, 5, 12) / 1000, nanos });
    expect(time === null ? null : epochMs(time)).toBe(Date.UTC(2026, 0, 5, 12) + Math.floor(nanos / 1e6));
  });

  it.each(['', 'hello', '2026-01-05', '2026-01-05T12:00:00', '2026-01-05T12:00:00.1234567890Z'])(
    'is none: %j',
    (text) => {
      expect(parseStamp(text)).toBeNull();
    },
  );

  it('ends with a space, wherever it begins', () => {
    const bytes = Buffer.from('xx2026-01-05T12:00:00Z text');
    expect(stampAt(bytes, 2)?.end).toBe(23);
    expect(stampAt(bytes, 0)).toBeNull();
    expect(stampAt(Buffer.from('2026-01-05T12:00:00Z'), 0)).toBeNull();
  });
});
