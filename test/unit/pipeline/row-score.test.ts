import { describe, expect, it } from 'vitest';
import type { MetricRecord } from '../../../src/domain/event.ts';
import { USUAL } from '../../../src/pipeline/options.ts';
import { createPipeline } from '../../../src/pipeline/pipeline.ts';
import { fuseRow, rowScores } from '../../../src/pipeline/row-score.ts';
import { openings, sequence, T0 } from '../../support/log-lines.ts';

const MINUTE = 60_000;

type Values = Readonly<Record<string, number>>;

/** Scores of rows a minute apart, and what opened in each. */
function scoresOf(rows: readonly Values[]) {
  const scores = rowScores();
  const pipeline = createPipeline({ ...USUAL, source: 'load' }, scores);
  return rows.map((values, i) => {
    const timestamp = T0 + i * MINUTE;
    const records = Object.entries(values).map(
      ([metricName, value]): MetricRecord => ({
        type: 'metric',
        timestamp,
        metadata: {},
        data: { metricName, value },
      }),
    );
    const offsets = records.map((_, place) => i * 10 + place);
    const batch = { stream: 's', records, offsets, marks: null, receivedAt: timestamp };
    const opened = openings(pipeline.push(batch).sightings).map(({ metricName }) => metricName);
    return { ...scores.take(), opened };
  });
}

/** An hour or more of calm, then as many strange minutes. */
function calmThen(strange: readonly Values[], metrics: readonly string[]): readonly Values[] {
  const random = sequence(3);
  const calm = Array.from({ length: 300 }, () =>
    Object.fromEntries(metrics.map((name) => [name, 100 + random()])),
  );
  return [...calm, ...strange];
}

describe('the score of a row', () => {
  it('is below the bar while nothing opens, and keeps the order of what is ordinary', () => {
    const quiet = { opened: [], ongoing: null };
    const raws = [0, 0.2, 0.996, 0.9969, 0.998, 1];
    const scores = raws.map((raw) => fuseRow({ ...quiet, confidences: [raw, raw / 2] }));
    expect(scores.map(({ raw }) => raw)).toEqual(raws);
    expect(scores.map(({ anomaly }) => anomaly)).toEqual([0, 0.2, 0.996, 0.9969, 0.9969, 0.9969]);
  });

  it('is at or above the bar where an episode opens', () => {
    expect(fuseRow({ confidences: [0.1, 0.998], opened: [0.998], ongoing: null }).anomaly).toBe(0.998);
    // A fault that comes again is told although it is no longer new.
    expect(fuseRow({ confidences: [0.3], opened: [0.3], ongoing: null }).anomaly).toBe(0.997);
  });

  it('lets only what is clearly stronger supersede an episode of the source', () => {
    const during = (opened: number) =>
      fuseRow({ confidences: [opened], opened: [opened], ongoing: 0.997 }).anomaly;
    expect([during(0.998), during(0.99998), during(0.999995)]).toEqual([0.9969, 0.9969, 0.999995]);
  });

  it('reaches the bar exactly where the production episode of a single series opens', () => {
    const strange = Array.from({ length: 20 }, () => ({ load: 200 }));
    const scores = scoresOf(calmThen(strange, ['load']));
    const atBar = scores.flatMap(({ anomaly }, i) => (anomaly >= 0.997 ? [i] : []));
    expect(atBar).toEqual(scores.flatMap(({ opened }, i) => (opened.length > 0 ? [i] : [])));
    expect(atBar).toHaveLength(1);
    expect(scores.filter(({ raw }) => raw >= 0.997).length).toBeGreaterThan(5);
  });

  it('is one episode of the source when its series alarm together or one after the other', () => {
    const strange = Array.from({ length: 20 }, (_, i) => ({
      load: 200,
      wait: 200,
      queue: i < 6 ? 100 : 200,
    }));
    const scores = scoresOf(calmThen(strange, ['load', 'wait', 'queue']));
    expect(new Set(scores.flatMap(({ opened }) => opened))).toEqual(new Set(['load', 'queue', 'wait']));
    expect(scores.filter(({ anomaly }) => anomaly >= 0.997)).toHaveLength(1);
  });

  it('is 0 for a row of gaps', () => {
    const scores = scoresOf([...calmThen([{ load: 200 }, { load: 200 }], ['load']), {}]);
    expect(scores.at(-2)?.raw).toBeGreaterThan(0);
    expect(scores.at(-1)).toEqual({ raw: 0, anomaly: 0, opened: [] });
  });
});
