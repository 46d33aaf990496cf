import { describe, expect, it } from 'vitest';
import { openings, pipelineOf, pushLines, sequence, T0 } from '../../../../support/log-lines.ts';

const HOUR = 3_600_000;
const SAYINGS = ['cache hit', 'cache miss', 'page drawn', 'user came', 'mail sent'] as const;

/** One message each ten seconds; how often each is said, out of ten, before and from the change. */
function log(hours: number, change: number, before: readonly number[], after: readonly number[]) {
  const random = sequence(11);
  return Array.from({ length: hours * 360 }, (_, i) => {
    const time = T0 + i * 10_000;
    const weights = time < T0 + change * HOUR ? before : after;
    let left = 10 * random();
    const said = weights.findIndex((weight) => (left -= weight) < 0);
    return JSON.stringify({ time, level: 'info', msg: SAYINGS[said] ?? SAYINGS[0] });
  });
}

const USUAL = [5, 2, 1.5, 1, 0.5];
const MISSES = [1, 6, 1.5, 1, 0.5];

describe('the mix of messages', () => {
  it('is told when it changes and stays so, once, with the message that changed most', () => {
    const found = openings(pushLines(pipelineOf({ bucketSeconds: 10 }), log(60, 50, USUAL, MISSES)));
    expect(found).toMatchObject([
      {
        fingerprint: 'mix:app',
        detectionAlgorithms: ['mix'],
        severity: 'low',
        readings: [{ evidence: { kind: 'mix', template: expect.stringMatching(/^cache/) } }],
      },
    ]);
    expect(found[0]?.title).toMatch(
      /^Other messages than usual: [\d.]+% of all \(usually [\d.]+%\) are: cache/,
    );
    const late = (found[0]?.timestamp ?? 0) - (T0 + 50 * HOUR);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(3 * HOUR);
  });

  it('is not told of a source that always changes', () => {
    const lines = [0, 1, 2, 3, 4, 5].flatMap((n) =>
      log(6, 3, USUAL, MISSES).map((line) =>
        line.replace(/"time":(\d+)/, (_, time) => `"time":${Number(time) + n * 6 * HOUR}`),
      ),
    );
    expect(openings(pushLines(pipelineOf({ bucketSeconds: 10 }), lines))).toEqual([]);
  });

  it('is explained by the message that became frequent, or went away', () => {
    const gone = [0, 4, 3, 2, 1];
    const found = openings(pushLines(pipelineOf({ bucketSeconds: 10 }), log(60, 50, USUAL, gone)));
    expect(found.map(({ detectionAlgorithms }) => detectionAlgorithms)).toEqual([['absence']]);
  });

  it('is told alike by a pipeline that was restored', () => {
    const lines = log(60, 50, USUAL, MISSES);
    const whole = openings(pushLines(pipelineOf({ bucketSeconds: 10 }), lines));
    for (const at of [50 * 360, 50 * 360 + 33, 50 * 360 + 60]) {
      const before = pipelineOf({ bucketSeconds: 10 });
      const seen = [...openings(pushLines(before, lines.slice(0, at)))];
      const after = pipelineOf({ bucketSeconds: 10 });
      after.restore(
        new Map([...before.changes()].flatMap(([part, of]) => (of === null ? [] : [[part, of]]))),
      );
      const from = before.held('s')?.offset ?? at;
      seen.push(...openings(pushLines(after, lines.slice(from), { from })));
      expect(seen).toEqual(whole);
    }
  });
});
