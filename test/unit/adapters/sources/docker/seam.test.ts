import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../../../src/adapters/sources/docker/instant.ts';
import {
  BEGINNING,
  type LogPlace,
  markText,
  placeAfter,
  placeBefore,
  placeOf,
  sinceOf,
} from '../../../../../src/adapters/sources/docker/place.ts';
import { seamAt } from '../../../../../src/adapters/sources/docker/seam.ts';

interface Line {
  readonly time: Instant;
  readonly n: number;
}

const SECOND = 1_000_000_000;
const START = 1_800_000_000;

/** Time goes on, but each line may be stamped a little earlier than it is written. */
const anyLog: fc.Arbitrary<readonly Line[]> = fc
  .array(
    fc.record({
      step: fc.constantFrom(0, 0, 1, 1000, 333_333_333, 4 * SECOND),
      back: fc.constantFrom(0, 0, 1, SECOND),
    }),
  )
  .map((steps) => {
    let at = 0;
    return steps.map(({ step, back }, n) => {
      at += step;
      const nanos = Math.max(0, at - back);
      return { n, time: { seconds: START + Math.floor(nanos / SECOND), nanos: nanos % SECOND } };
    });
  });

/** What an engine sends: from the first line on that is not older, or all that are not. */
function served(log: readonly Line[], since: number, each: boolean): readonly Line[] {
  const isLate = ({ time }: Line) => time.seconds >= since;
  return each ? log.filter(isLate) : log.slice(log.findIndex(isLate));
}

const places = (log: readonly Line[]): readonly LogPlace[] =>
  log.reduce<LogPlace[]>((all, { time }) => [...all, placeAfter(all.at(-1) ?? BEGINNING, time)], [BEGINNING]);

describe('the seam of two readings of a log', () => {
  it('gives from any place exactly what lies after it, in whatever order the times are', () => {
    fc.assert(
      fc.property(anyLog, fc.boolean(), (log, each) => {
        for (const [n, place] of places(log).entries()) {
          const known = placeOf(markText(place));
          expect(known).toEqual(place);
          const seam = seamAt<Line>(known);
          const rest = served(log, sinceOf(known), each);
          const passed = [...rest.flatMap((line) => seam.pass(line)), ...seam.end()];
          expect(passed.map((line) => line.n)).toEqual(log.slice(n).map((line) => line.n));
          expect(seam.takeTorn()).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('loses and repeats nothing that is left when the log was rotated, and says so', () => {
    const log = [0, 1, 2, 3, 4].map((n) => ({ n, time: { seconds: START + n, nanos: 0 } }));
    const place = places(log)[2] ?? BEGINNING;
    const seam = seamAt<Line>(place);
    const passed = log.slice(3).flatMap((line) => seam.pass(line));
    expect([...passed, ...seam.end()].map(({ n }) => n)).toEqual([3, 4]);
    expect(seam.takeTorn()).toBe(true);
    expect(seam.takeTorn()).toBe(false);
  });

  it('begins before a moment with the first line that is not older', () => {
    const log = [0, 5, 4, 9].map((seconds, n) => ({ n, time: { seconds: START + seconds, nanos: 0 } }));
    const seam = seamAt<Line>(placeBefore({ seconds: START + 5, nanos: 0 }));
    expect(log.flatMap((line) => seam.pass(line)).map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it.each([null, '', 'x', '{"path":"a"}', '1.2#3', '1.000000000#1+-1'])(
    'takes the mark %j of another source for none',
    (mark) => {
      expect(placeOf(mark)).toEqual(BEGINNING);
    },
  );
});
