import { describe, expect, it } from 'vitest';
import { VigilError } from '../../../../src/domain/errors.ts';
import { type LineReader, lineReader } from '../../../../src/pipeline/formats/reader.ts';

const HOUR = 3_600_000;
const T0 = Date.UTC(2026, 6, 1, 9, 0, 0);

const readerIn = (timezone: string | null) => lineReader({ timezone, patterns: [] });
/** A line that was written at `time` by a clock so far east of UTC. */
const written = (time: number, east: number) =>
  `${new Date(time + east).toISOString().slice(0, 23).replace('T', ' ')} INFO x`;

/** Reads a line a second, each as soon as it is written; the last one's error. */
function follow(reader: LineReader, lines: number, east: number, from = T0): number {
  let error = Number.NaN;
  for (let i = 0; i < lines; i += 1) {
    const time = from + i * 1000;
    error = (reader.read(written(time, east), time + 120).timestamp ?? 0) - time;
  }
  return error;
}

describe('a zone that is given', () => {
  it.each([
    ['UTC', '2026-07-01 09:00:55', '2026-07-01T09:00:55.000Z'],
    ['+05:30', '2026-07-01 09:00:55', '2026-07-01T03:30:55.000Z'],
    ['-0300', '2026-07-01 09:00:55', '2026-07-01T12:00:55.000Z'],
    ['Europe/Berlin', '2026-07-01 09:00:55', '2026-07-01T07:00:55.000Z'],
    ['Europe/Berlin', '2026-01-05 09:00:55', '2026-01-05T08:00:55.000Z'],
    ['Australia/Lord_Howe', '2026-01-05 09:00:55', '2026-01-04T22:00:55.000Z'],
    // The clock goes from 02:00 to 03:00: half past two is read as half past three.
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    // The hour that comes twice is the first one.
    ['Europe/Berlin', '2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
  ])('%s: %s is %s', (zone, stamp, utc) => {
    const { timestamp } = readerIn(zone).read(`${stamp} INFO x`, T0);
    expect(new Date(timestamp ?? 0).toISOString()).toBe(utc);
  });

  it('tells the hours that come twice apart while lines are read live', () => {
    const reader = readerIn('Europe/Berlin');
    for (const time of [Date.UTC(2026, 9, 25, 0, 30), Date.UTC(2026, 9, 25, 1, 30)]) {
      expect(reader.read('2026-10-25 02:30:00 INFO x', time + 500).timestamp).toBe(time);
    }
  });

  it('does not touch times that name theirs', () => {
    expect(readerIn('Asia/Tokyo').read('2026-07-01T09:00:00Z INFO x', T0).timestamp).toBe(T0);
    expect(readerIn('Asia/Tokyo').read('{"time":1782896400000,"msg":"x"}', T0).timestamp).toBe(T0);
  });

  it.each(['Mars/Olympus', '+25:00', 'summer', ''])('refuses %j', (zone) => {
    expect(() => readerIn(zone)).toThrow(VigilError);
  });
});

describe('a zone that is guessed', () => {
  it.each([0, 2 * HOUR, -5 * HOUR, 5.75 * HOUR, 14 * HOUR])(
    'from lines that are read live: %i ms east',
    (east) => {
      const reader = readerIn(null);
      expect(reader.understood().zone).toEqual({ name: 'UTC', from: 'assumed' });
      expect(follow(reader, 6, east)).toBe(0);
      expect(reader.understood().zone.from).toBe('guessed');
    },
  );

  it('is not, from a log that is read at full speed, whatever hour it is of', () => {
    const reader = readerIn(null);
    for (let i = 0; i < 40_000; i += 1) reader.read(written(T0 - 5 * HOUR + i * 450, 0), T0 + i / 10);
    expect(reader.understood().zone).toEqual({ name: 'UTC', from: 'assumed' });
  });

  it('stays, whatever a few lines say, and follows when clocks are changed', () => {
    const reader = readerIn(null);
    follow(reader, 10, 2 * HOUR);
    expect(follow(reader, 20, HOUR, T0 + 60_000)).toBe(-HOUR);
    expect(follow(reader, 1, 2 * HOUR, T0 + 120_000)).toBe(0);
    expect(follow(reader, 70, HOUR, T0 + 180_000)).toBe(0);
    expect(reader.understood().zone).toEqual({ name: '+01:00', from: 'guessed' });
  });

  it('survives a restart in the middle of the guess', () => {
    const whole = readerIn(null);
    const expected = follow(whole, 8, 2 * HOUR);
    const before = readerIn(null);
    follow(before, 2, 2 * HOUR);
    const after = readerIn(null);
    after.restore(JSON.parse(JSON.stringify(before.snapshot())));
    expect(follow(after, 6, 2 * HOUR, T0 + 2000)).toBe(expected);
    expect(after.snapshot()).toEqual(whole.snapshot());
  });
});
