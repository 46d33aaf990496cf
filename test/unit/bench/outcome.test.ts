import { describe, expect, it } from 'vitest';
import { createJudge, type Judge } from '../../../bench/detection/judge.ts';
import { labelledSeries } from '../../../bench/detection/labelled-series.ts';
import { outcomeOf } from '../../../bench/detection/outcome.ts';
import { DAY, START } from '../../../bench/detection/processes.ts';
import { normal, seeded } from '../../../bench/detection/random.ts';
import { pointDetectors } from '../../../src/detectors/registry.ts';

const MINUTE = 60_000;

/** Says what it is told to. */
const judgeThat = (opens: (time: number) => boolean, raw: (time: number) => number): Judge => ({
  push: (time) => ({ raw: raw(time), opened: opens(time) }),
});

describe('what a judge made of a labelled series', () => {
  // Of white noise at 300 s, with two anomalies.
  const series = labelledSeries(1, 77);
  const [first] = series.truth;

  it('is all where it says exactly the truth', () => {
    const isWrong = (time: number) => series.truth.some(({ start, end }) => time >= start && time <= end);
    const outcome = outcomeOf(
      series,
      judgeThat(isWrong, (time) => Number(isWrong(time))),
    );
    expect(series.truth).toHaveLength(2);
    expect(outcome).toMatchObject({ base: 'white', falseAlarms: 0, daysJudged: 13, auc: 1 });
    expect(outcome.found.every(({ delay }) => delay !== null && delay <= 200)).toBe(true);
    expect(outcome.vus).toBeGreaterThan(0.5);
  });

  it('does not count alarms of the first day, nor episodes that open too late', () => {
    const { end = 0 } = first ?? {};
    const times = [
      START + DAY - MINUTE * 5,
      START + DAY,
      end + 20 * series.intervalMs,
      end + 21 * series.intervalMs,
    ];
    const outcome = outcomeOf(
      series,
      judgeThat(
        (time) => times.includes(time),
        () => 0,
      ),
    );
    expect(outcome.falseAlarms).toBe(2);
    expect(outcome.found.map(({ delay }) => delay !== null)).toEqual([true, false]);
    expect(outcome.auc).toBeLessThan(0.2);
  });
});

describe('the judge', () => {
  /** When episodes open: the level is tenfold from the 300th minute on. */
  function openings(judge: Judge): readonly number[] {
    const random = seeded(1);
    return Array.from({ length: 400 }, (_, i) => {
      const value = (i < 300 ? 10 : 100) + normal(random);
      return judge.push(START + i * MINUTE, value).opened ? i : -1;
    }).filter((i) => i >= 0);
  }

  it('opens one episode for one outage, with all detectors and without one', () => {
    for (const judge of [createJudge(), createJudge(['iqr'])]) {
      const found = openings(judge);
      expect(found).toHaveLength(1);
      expect(found[0]).toBeGreaterThanOrEqual(300);
      expect(found[0]).toBeLessThan(310);
    }
  });

  it('leaves out only detectors that there are, and not all', () => {
    expect(() => createJudge(['oracle'])).toThrow('no detector oracle');
    expect(() => createJudge(pointDetectors('both').names)).toThrow('no detector is left');
  });
});
