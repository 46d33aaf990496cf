import { STRANGE } from '../../src/detectors/calibration/refractory.ts';
import type { Desk } from '../../src/detectors/memory/desk.ts';
import { Ensemble } from '../../src/detectors/points/ensemble.ts';
import { gaugesOf, PointGauges } from '../../src/detectors/points/gauges.ts';
import { pointDetectors } from '../../src/detectors/registry.ts';
import { ALARMS_PER_DAY } from '../../src/domain/detection.ts';
import { episodes } from '../../src/pipeline/episodes/episodes.ts';
import { USUAL } from '../../src/pipeline/options.ts';
import { PointTrack } from '../../src/pipeline/series/points/point-track.ts';
import { pointSeries } from '../../src/pipeline/series/points/points.ts';
import { seriesFacts } from '../../src/pipeline/series/series-facts.ts';

/** What is measured: one series' points come, in order, and are judged as they come. */
export interface Judge {
  push(time: number, value: number): Judged;
}

export interface Judged {
  /** The confidence, 0..1, before it is compared with the bar. */
  readonly raw: number;
  /** An episode begins with this point. */
  readonly opened: boolean;
}

/**
 * The production code for a series of points: detectors, gate, episodes, as `pipeline.push` calls them.
 * @param without names of detectors that are left out.
 * @param alarmsPerDay episodes that a normal series may open in a day.
 */
export function createJudge(
  without: readonly string[] = [],
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): Judge {
  const points = pointSeries(undefined, alarmsPerDay);
  const usual = points.series('value', {});
  if (usual === null) throw new Error('no room for a single series');
  const series = without.length === 0 ? usual : { ...usual, tracks: [trackWithout(without, alarmsPerDay)] };
  const known = episodes(USUAL.quietMinutes * 60_000);
  return {
    push(time, value) {
      const verdict = points.judge(series, { time, value }, 'all');
      const { raw } = verdict;
      if (raw < STRANGE) return { raw, opened: false };
      const judged = { series, verdict, time, value, statistic: 'mean', example: '' } as const;
      const facts = () => seriesFacts('bench', judged, 'value', null);
      known.observe({
        fingerprint: 'value',
        time,
        value,
        gap: series.usual,
        ...verdict,
        returns: false,
        facts,
      });
      return { raw, opened: known.take().some(({ kind }) => kind === 'opened') };
    },
  };
}

function trackWithout(without: readonly string[], alarmsPerDay: number): PointTrack {
  const { names } = pointDetectors('both');
  const unknown = without.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`no detector ${unknown}: there are ${names.join(', ')}`);
  if (names.every((name) => without.includes(name))) throw new RangeError('no detector is left');
  const left = (desk: Desk) =>
    gaugesOf(new PointGauges(desk, 'both').all.filter(({ name }) => !without.includes(name)));
  return new PointTrack(new Ensemble(left), alarmsPerDay);
}
