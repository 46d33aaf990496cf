import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf } from '../../../../../src/adapters/sources/journald/entry.ts';
import { lineCutter } from '../../../../../src/adapters/sources/journald/line-cutter.ts';
import { gapBetween, markText, placeOf } from '../../../../../src/adapters/sources/journald/place.ts';

const cursor = (sequence: string, number: number, micros: number): string =>
  `s=${sequence.repeat(32)};i=${number.toString(16)};b=${'b'.repeat(32)};m=f4240;t=${micros.toString(16)};x=e399`;

describe('a place in the journal', () => {
  it('is told by a mark', () => {
    const own = cursor('a', 10, 5);
    for (const place of [null, { cursor: own, lines: null }, { cursor: own, lines: 3 }]) {
      expect(placeOf(markText(place))).toEqual(place);
    }
  });

  it.each([null, '', 'a b', '{"path":"a b"}'])('is none: %j', (mark) => {
    expect(placeOf(mark)).toBeUndefined();
  });

  it.each([
    ['none', cursor('a', 10, 5), cursor('a', 11, 9)],
    ['some', cursor('a', 10, 5), cursor('a', 12, 9)],
    ['behind', cursor('a', 10, 5), cursor('a', 9, 9)],
    ['some', cursor('a', 10, 5), cursor('b', 1, 9)],
    ['behind', cursor('a', 10, 5), cursor('b', 1, 4)],
    ['some', 'of a later systemd', cursor('b', 1, 4)],
  ])('has a gap before the next: %s', (gap, before, next) => {
    expect(gapBetween(before, next)).toBe(gap);
  });
});

describe('what journalctl prints', () => {
  it('gives the same lines wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.nat(), { maxLength: 30 }), (texts, cuts) => {
        const lines = texts.map((text) => text.replaceAll('\n', ''));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
        const ordered = places.toSorted((a, b) => a - b);
        const cutter = lineCutter();
        const got = ordered.flatMap((at, i) => cutter.push(bytes.subarray(at, ordered[i + 1] ?? at)));
        expect(got.map(String)).toEqual(lines);
      }),
      { numRuns: 200 },
    );
  });

  it('is left out where a line is longer than 16 MiB, and that is counted', () => {
    const cutter = lineCutter();
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let i = 0; i < 20; i += 1) expect(cutter.push(chunk)).toEqual([]);
    expect(cutter.push(Buffer.from('\nnext\n')).map(String)).toEqual(['next']);
    expect([cutter.takeSkipped(), cutter.takeSkipped()]).toEqual([1, 0]);
  });

  it.each(['', '{', 'null', '[]', '{"MESSAGE":"x"}', '{"__CURSOR":"c","__REALTIME_TIMESTAMP":"soon"}'])(
    'is no entry: %s',
    (json) => {
      expect(entryOf(json)).toBeNull();
    },
  );

  it('may name a field more than once, or say that it is too long', () => {
    const fields = { MESSAGE: ['one', [116, 119, 111]], PRIORITY: ['3', '6'], SYSLOG_IDENTIFIER: null };
    const entry = entryOf(JSON.stringify({ __CURSOR: 'c', __REALTIME_TIMESTAMP: '1000', ...fields }));
    expect(entry?.lines).toMatchObject([{ text: 'one', level: 'error', lane: null, timestamp: 1 }]);
  });
});
