import { describe, expect, it } from 'vitest';
import type { Pipeline } from '../../../../../src/pipeline/pipeline.ts';
import { openings, pipelineOf, pushLines, sequence, T0 } from '../../../../support/log-lines.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Saying {
  readonly msg: string;
  readonly everyMs: number;
  /** It is not said from then on. */
  readonly until: number;
  readonly level?: string;
}

/** What several parts of a program say, in order; each a little early or late. */
function log(to: number, sayings: readonly Saying[]): readonly string[] {
  const random = sequence(3);
  const lines: (readonly [number, string])[] = [];
  for (const { msg, everyMs, until, level = 'info' } of sayings) {
    for (let time = T0; time < Math.min(to, until); time += everyMs) {
      const at = Math.round(time + 0.1 * everyMs * random());
      lines.push([at, JSON.stringify({ time: at, level, msg })]);
    }
  }
  return lines.toSorted(([a], [b]) => a - b).map(([, line]) => line);
}

const REQUESTS = { msg: 'request done', everyMs: 3000, until: Number.POSITIVE_INFINITY };
const STOPS = T0 + 3 * HOUR;
const END = T0 + 5 * HOUR;

function run(lines: readonly string[], pipeline: Pipeline = pipelineOf({ bucketSeconds: 10 })) {
  return openings(pushLines(pipeline, lines));
}

describe('a message that does not come any more', () => {
  it('is told once, soon, while everything else goes on', () => {
    const found = run(log(END, [REQUESTS, { msg: 'queue swept', everyMs: 30_000, until: STOPS }]));
    expect(found).toMatchObject([
      {
        kind: 'log',
        detectionAlgorithms: ['absence'],
        fingerprint: expect.stringMatching(/^absence:app:/),
        sample: { template: 'queue swept' },
        readings: [{ evidence: { kind: 'silence' } }],
      },
    ]);
    const late = (found[0]?.timestamp ?? 0) - STOPS;
    expect(late).toBeGreaterThan(2 * MINUTE);
    expect(late).toBeLessThan(15 * MINUTE);
  });

  it('is one anomaly when several stop together', () => {
    const workers = ['queue swept', 'cache warm', 'mail sent', 'index fresh'].map((msg, i) => ({
      msg,
      everyMs: 20_000 + 7000 * i,
      until: STOPS,
    }));
    const found = run(log(END, [REQUESTS, ...workers]));
    expect(found.map(({ detectionAlgorithms }) => detectionAlgorithms)).toEqual([['absence']]);
    expect(found[0]?.occurrences).toBeGreaterThan(1);
  });

  it('is what a job does that ends, as one learns when it was told', () => {
    const jobs = [0, 1, 2, 3].flatMap((n) =>
      log(T0 + n * 5 * HOUR + 2 * HOUR, [
        { msg: 'part imported', everyMs: 10_000, until: Number.POSITIVE_INFINITY },
      ]).filter((line) => timeOf(line) >= T0 + n * 5 * HOUR),
    );
    const lines = [...log(T0 + 20 * HOUR, [{ ...REQUESTS, everyMs: 5000 }]), ...jobs];
    expect(run(lines.toSorted((a, b) => timeOf(a) - timeOf(b)))).toHaveLength(1);
  });

  it('is no news of an error, nor of what comes in bursts', () => {
    const burst = Array.from(
      { length: 600 },
      (_, i) => T0 + Math.floor(i / 30) * 9 * MINUTE + (i % 30) * 1000,
    );
    const lines = [
      ...log(END, [REQUESTS, { msg: 'refused', everyMs: 30_000, until: STOPS, level: 'error' }]),
      ...burst.map((time) => JSON.stringify({ time, level: 'info', msg: 'part imported' })),
    ];
    const found = run(lines.toSorted((a, b) => timeOf(a) - timeOf(b)));
    expect(found.filter(({ detectionAlgorithms }) => detectionAlgorithms.includes('absence'))).toEqual([]);
  });

  it('is no absence while the whole source is slower', () => {
    const quick = log(STOPS, [REQUESTS, { msg: 'page drawn', everyMs: 5000, until: STOPS }]);
    const slow = log(T0 + 6 * HOUR, [
      { ...REQUESTS, everyMs: 300_000 },
      { msg: 'page drawn', everyMs: 500_000, until: Number.POSITIVE_INFINITY },
    ]).filter((line) => timeOf(line) > STOPS);
    expect(run([...quick, ...slow]).map(({ detectionAlgorithms }) => detectionAlgorithms)).not.toContainEqual(
      ['absence'],
    );
  });

  it('is told alike by a pipeline that was restored in the middle of the absence', () => {
    const lines = log(END, [REQUESTS, { msg: 'queue swept', everyMs: 30_000, until: STOPS }]);
    const whole = run(lines);
    const told = whole[0]?.timestamp ?? 0;
    for (const back of [20_000, 60_000, 90_000, 150_000]) {
      const at = lines.findIndex((line) => timeOf(line) > told - back);
      const before = pipelineOf({ bucketSeconds: 10 });
      expect(run(lines.slice(0, at), before)).toEqual([]);
      const after = pipelineOf({ bucketSeconds: 10 });
      after.restore(
        new Map([...before.changes()].flatMap(([part, of]) => (of === null ? [] : [[part, of]]))),
      );
      const from = before.held('s')?.offset ?? at;
      expect(openings(pushLines(after, lines.slice(from), { from }))).toEqual(whole);
    }
  });
});

function timeOf(line: string): number {
  return Number(/"time":(\d+)/.exec(line)?.[1]);
}
