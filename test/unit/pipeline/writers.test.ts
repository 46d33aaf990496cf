import { describe, expect, it } from 'vitest';
import { type Joined, joiner, type Line } from '../../../src/pipeline/lines/join.ts';
import { joined, recorded } from '../../support/recorded-traces.ts';

const shape = (all: readonly Joined[]) =>
  all.map(({ lines, trace }) => [lines[0].offset, lines.length, trace?.frames.length ?? null]);
const logged = (name: string) => shape(joined(recorded('logged').get(name) ?? ''));

describe('writers that share a stream', () => {
  it('lets a record of another thread stand in the middle of a trace, which comes out whole and first', () => {
    expect(logged('log4j')).toEqual([
      [0, 8, 3],
      [3, 1, null],
      [9, 1, null],
    ]);
  });

  it('tells two traces of two threads apart', () => {
    expect(logged('two interleaved')).toEqual([
      [0, 3, 1],
      [3, 3, 1],
      [6, 1, null],
      [7, 1, null],
      [8, 1, null],
    ]);
  });

  it.each([
    ['prefixed', 2],
    ['prefixedpython', 1],
    ['compose', 2],
    ['syslog', 2],
    ['logcat', 2],
  ])('takes the prefix off that a logger puts before every line: %s', (name, frames) => {
    expect(logged(name)[0]?.[2] ?? logged(name)[1]?.[2]).toBe(frames);
  });

  it('ends a trace at a record where nothing tells writers apart', () => {
    const text = `TypeError: x
    at f (/app/a.js:1:2)
2026-01-05 12:00:00 INFO fine
    at g (/app/b.js:1:2)`;
    expect(shape(joined(text))).toEqual([
      [0, 2, 1],
      [2, 1, null],
      [3, 1, null],
    ]);
  });

  it('waits for no more than some lines of other writers', () => {
    const others = Array.from({ length: 100 }, (_, i) => `2026-01-05 12:00:00 INFO [t-2] line ${i}`);
    const all: Joined[] = [];
    const one = joiner();
    const trace = ['2026-01-05 12:00:00 ERROR [t-1] no', 'TypeError: x', '    at f (/app/a.js:1:2)'];
    for (const [offset, text] of [...trace, ...others].entries())
      one.push(line(text, offset), (j) => all.push(j));
    expect(one.held()).toBeNull();
    expect(shape(all)[0]).toEqual([0, 3, 1]);
  });
});

describe('lines that a carrier has cut', () => {
  const piece = (text: string, offset: number, partial: boolean): Line => ({
    ...line(text, offset),
    carried: { type: 'line', text, timestamp: null, level: null, lane: 'stderr', partial, metadata: {} },
  });

  it('are put together before anything else, and held from their first piece on', () => {
    const all: Joined[] = [];
    const one = joiner();
    one.push(piece('Type', 1, true), (j) => all.push(j));
    expect([one.held()?.offset, one.waitingSince()]).toEqual([1, 1]);
    one.push(piece('Error: x', 2, false), (j) => all.push(j));
    one.push(piece('    at f (/app', 3, true), (j) => all.push(j));
    expect(one.held()?.offset).toBe(1);
    one.push(piece('/a.js:1:2)', 4, false), (j) => all.push(j));
    one.flush((j) => all.push(j));
    expect(shape(all)).toEqual([[1, 2, 1]]);
    expect(all[0]?.lines[0].carried?.partial).toBe(false);
  });

  it('come out as they are when the end does not come, and no longer than 1 MiB', () => {
    const all: Joined[] = [];
    const one = joiner();
    for (let i = 0; i < 100; i += 1) one.push(piece('x'.repeat(16 * 1024), i, true), (j) => all.push(j));
    one.flush((j) => all.push(j));
    expect([all.length, all[0]?.lines[0].text.length, one.held()]).toEqual([1, 1024 * 1024, null]);
  });
});

function line(text: string, offset: number): Line {
  return { text, offset, mark: null, receivedAt: offset, carried: null };
}
