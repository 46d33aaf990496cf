import { describe, expect, it } from 'vitest';
import type { MetricRecord } from '../../../src/domain/event.ts';
import { USUAL } from '../../../src/pipeline/options.ts';
import { createPipeline } from '../../../src/pipeline/pipeline.ts';
import { rowScores } from '../../../src/pipeline/row-score.ts';
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
  it('reaches the bar exactly where the production episode of a single series opens', () => {
    const strange = Array.from({ length: 20 }, () => ({ load: 200 }));
    const scores = scoresOf(calmThen(strange, ['load']));
    const atBar = scores.flatMap(({ anomaly }, i) => (anomaly >= 0.997 ? [i] : []));
    expect(atBar).toEqual(scores.flatMap(({ opened }, i) => (opened.length > 0 ? [i] : [])));
    expect(atBar).toHaveLength(1);
    expect(scores.filter(({ raw }) => raw >= 0.997).length).toBeGreaterThan(5);
  });

  it('is one episode of the source when its series alarm together or one after the other', () => {
    const random = sequence(4);
    const strange = Array.from({ length: 20 }, (_, i) => ({
      load: 200 + random(),
      wait: 200 + random(),
      queue: (i < 6 ? 100 : 200) + random(),
    }));
    const scores = scoresOf(calmThen(strange, ['load', 'wait', 'queue']));
    // `wait` belongs to the anomaly of `load`; `queue` comes too late for that.
    expect(scores.flatMap(({ opened }) => opened)).toEqual(['load', 'queue']);
    // The third makes it clearly stronger, which may be told.
    expect(scores.filter(({ anomaly }) => anomaly >= 0.997).length).toBeLessThanOrEqual(2);
  });

  it('is 0 for a row of gaps', () => {
    const scores = scoresOf([...calmThen([{ load: 200 }, { load: 200 }], ['load']), {}]);
    expect(scores.at(-2)?.raw).toBeGreaterThan(0);
    expect(scores.at(-1)).toEqual({ raw: 0, anomaly: 0, opened: [] });
  });
});
