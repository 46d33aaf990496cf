import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../src/domain/sighting.ts';
import { anyLog } from '../support/any-log.ts';
import { addedUp, openings, pipelineOf, pushLines, requestLine, sequence, T0 } from '../support/log-lines.ts';

/** A quiet service that breaks in two ways, so that the properties are not about silence. */
function eventful(): readonly string[] {
  const random = sequence(9);
  return Array.from({ length: 420 }, (_, i) => {
    const broken = i >= 300 && i % 3 === 0;
    const line = requestLine(
      T0 + i * 100,
      ['/a', '/b', '/c'][i % 3] ?? '',
      (4 + random()) * (broken ? 20 : 1),
    );
    return i % 97 === 96 ? [line, 'TypeError: x is undefined', '    at f (/srv/app/x.js:1:2)'] : [line];
  }).flat();
}

const END = T0 + 3_600_000;

describe('the pipeline, whatever comes', () => {
  it('gives the same sightings however the stream is cut into batches', () => {
    const check = (lines: readonly string[], cuts: readonly number[]) => {
      const whole = pipelineOf();
      const expected = [...pushLines(whole, lines), ...whole.advance(END).sightings];
      const cut = pipelineOf();
      const seen: Sighting[] = [];
      for (let at = 0, i = 0; at < lines.length; i += 1) {
        const size = 1 + (cuts[i % cuts.length] ?? 0);
        seen.push(...pushLines(cut, lines.slice(at, at + size), { from: at }));
        at += size;
      }
      seen.push(...cut.advance(END).sightings);
      expect(addedUp(seen)).toEqual(addedUp(expected));
      expect(openings(seen).map(({ title, sample }) => [title, sample])).toEqual(
        openings(expected).map(({ title, sample }) => [title, sample]),
      );
      return expected;
    };
    expect(check(eventful(), [0, 2, 30]).length).toBeGreaterThan(1);
    fc.assert(
      fc.property(
        anyLog,
        fc.array(fc.nat(40), { minLength: 1, maxLength: 9 }),
        (lines, cuts) => void check(lines, cuts),
      ),
      {
        numRuns: 100,
      },
    );
  });

  it('misses what stops, however the stream is cut into batches', () => {
    const lines: string[] = [];
    for (let time = T0; time < END + 2 * 3_600_000; time += 2000) {
      lines.push(requestLine(time, '/a', 5));
      if (time % 30_000 === 0 && time < END + 3_600_000)
        lines.push(JSON.stringify({ time, level: 'info', msg: 'queue swept' }));
    }
    for (let time = END + 3 * 3_600_000; time < END + 4 * 3_600_000; time += 2000)
      lines.push(requestLine(time, '/a', 5));
    const whole = openings(pushLines(pipelineOf({ bucketSeconds: 10 }), lines));
    expect(whole.map(({ detectionAlgorithms }) => detectionAlgorithms)).toEqual([['absence'], ['silence']]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (cut) => {
        expect(openings(pushLines(pipelineOf({ bucketSeconds: 10 }), lines, { cut }))).toEqual(whole);
      }),
      { numRuns: 5 },
    );
  });

  it('goes on after a restore at any point as if nothing had been, reading the held lines again', () => {
    const check = (lines: readonly string[], at: number) => {
      const whole = pipelineOf();
      const expected = [...pushLines(whole, lines), ...whole.advance(END).sightings];
      const before = pipelineOf();
      const memory = new Map<string, Uint8Array>();
      const seen: Sighting[] = [];
      // Two commits, so that the second one saves changes only.
      for (const [from, to] of [
        [0, at >> 1],
        [at >> 1, at],
      ] as const) {
        seen.push(...pushLines(before, lines.slice(from, to), { from }));
        for (const [part, bytes] of before.changes()) {
          if (bytes === null) memory.delete(part);
          else memory.set(part, bytes);
        }
      }
      const after = pipelineOf();
      after.restore(memory);
      const from = before.held('s')?.offset ?? at;
      seen.push(...pushLines(after, lines.slice(from), { from }), ...after.advance(END).sightings);
      expect(addedUp(seen)).toEqual(addedUp(expected));
      expect(after.training()).toEqual(whole.training());
    };
    const lines = eventful();
    for (let at = 0; at < lines.length; at += 37) check(lines, at);
    fc.assert(
      fc.property(anyLog, fc.nat(), (log, at) => check(log, at % log.length)),
      { numRuns: 100 },
    );
  });

  it('says nothing of memory that did not change', () => {
    const pipeline = pipelineOf();
    pushLines(pipeline, eventful());
    expect(pipeline.changes().size).toBeGreaterThan(5);
    expect(pipeline.changes().size).toBe(0);
    pushLines(pipeline, [requestLine(T0 + 42_001, '/a', 5)], { from: 1000 });
    expect([...pipeline.changes().keys()].some((part) => part.startsWith('series:'))).toBe(false);
  });

  it('keeps its memory bounded when nothing is like anything before', () => {
    const pipeline = pipelineOf();
    const word = (n: number) =>
      ((n * 2654435761) >>> 0).toString(2).replaceAll('0', 'o').replaceAll('1', 'l');
    for (let part = 0; part < 20; part += 1) {
      const lines = Array.from({ length: 1000 }, (_, i) => {
        const n = part * 1000 + i;
        const field = { [`${word(n)}_ms`]: n };
        return JSON.stringify({
          level: 'error',
          time: T0 + n * 40,
          msg: `${word(n)} ${word(n + 1)}`,
          path: `/${word(n)}`,
          ...field,
        });
      });
      pushLines(pipeline, lines, { from: part * 1000 });
    }
    const bytes = [...pipeline.changes().values()].reduce((sum, one) => sum + (one?.byteLength ?? 0), 0);
    expect(bytes).toBeLessThan(6_000_000);
  });
});
