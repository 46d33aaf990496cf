import { describe, expect, it } from 'vitest';
import { clean, cutTo, fit, table, widthOf, wrap } from '../../src/tui/text.ts';
import { wholeLines } from '../../src/tui/whole-lines.ts';
import { ago, bytes, learning, rounded } from '../../src/tui/words.ts';

describe('text in columns', () => {
  it('counts what a terminal shows', () => {
    expect(['abc', 'é', 'e\u0301', '漢字', '🔥', '\u001b[31mred\u001b[39m'].map(widthOf)).toEqual([
      3, 1, 1, 4, 2, 3,
    ]);
  });

  it('cuts with an ellipsis, never in the middle of a wide sign', () => {
    expect(cutTo('漢字漢字', 6)).toBe('漢字…');
    expect(widthOf(fit('漢字漢字', 6))).toBe(6);
    expect(fit('7', 3, true)).toBe('  7');
  });

  it('fits a table into the terminal by cutting the column that grows', () => {
    const columns = [{ title: 'ID' }, { title: 'N', right: true }, { title: 'WHAT', grows: true }];
    expect(
      table(
        columns,
        [
          ['a1', '12', 'short'],
          ['b2', '3', 'a long story that goes on'],
        ],
        24,
      ),
    ).toEqual(['ID   N  WHAT', 'a1  12  short', 'b2   3  a long story th…']);
  });

  it('takes line breaks and escape codes out of cells', () => {
    expect(table([{ title: 'A' }], [['x\ny\u001b[1mz\u001b[0m']], 80)[1]).toBe('x yz');
    expect(clean('a\u0000b\u009bc')).not.toMatch(/\p{Cc}/u);
  });

  it('wraps words', () => {
    expect(wrap('one two three four', 9, '  ')).toEqual(['  one two', '  three', '  four']);
  });
});

describe('words', () => {
  it('says how long ago', () => {
    const then = '2026-11-23T12:00:00.000Z';
    const at = (seconds: number) => ago(then, Date.parse(then) + seconds * 1000);
    expect([0, 42, 61, 7200, 200_000, -5].map(at)).toEqual(['now', '42s', '1m', '2h', '2d', 'now']);
  });

  it('shortens numbers', () => {
    expect([0, 999, 1500, 20_480, 5_000_000_000].map(bytes)).toEqual([
      '0 B',
      '999 B',
      '1.5 kB',
      '20.5 kB',
      '5 GB',
    ]);
    expect([0.123456, 12.3456, 98_765.4].map(rounded)).toEqual(['0.123', '12.3', '98765']);
  });

  it('says how far a source has learnt', () => {
    const source = { events: 9, training: { training: 2, normal: 5, alerting: 1 }, series: [] };
    expect(learning(source)).toBe('6 of 8 ready, learning 0%');
    expect(learning({ ...source, training: { training: 0, normal: 5, alerting: 1 } })).toBe('6 series ready');
    expect(learning({ events: 0, training: { training: 1, normal: 0, alerting: 0 }, series: [] })).toBe(
      'waiting for lines',
    );
  });
});

describe('whole lines', () => {
  it('hands on only whole lines, and the rest at the end', () => {
    const seen: string[] = [];
    const lines = wholeLines();
    lines.write('early\n');
    lines.open((text) => seen.push(text));
    lines.write('a');
    lines.write('b\nc\nd');
    lines.end();
    lines.end();
    expect(seen).toEqual(['early\n', 'ab\nc\n', 'd\n']);
  });
});
