import { confidenceOf, Fusion, timesADayOf } from '../detectors/calibration/fuse.ts';
import { ObservedTime } from '../detectors/calibration/observed-time.ts';
import { Refractory } from '../detectors/calibration/refractory.ts';
import { Desk } from '../detectors/memory/desk.ts';
import { CONFIDENCE_BAR } from '../domain/detection.ts';
import type { Episodes } from './episodes/episodes.ts';

/** What the gate made of one row of a recording: one score for the whole source, each in [0,1]. */
export interface RowScore {
  /** At or above the bar only where an episode of the source opens, or a clearly stronger one while it lasts. */
  readonly anomaly: number;
  /** The confidence before the law of episodes, of all series of the row together; 0 when none was judged. */
  readonly raw: number;
}

/** Hears what the gate says between two rows. Nothing that it does changes a verdict. */
export interface RowScores {
  /** One series was judged; `confidence` before the law of episodes, `time` in epoch ms. */
  hear(confidence: number, time: number): void;
  /** All metrics of the source were judged together. */
  hearTogether(confidence: number, time: number): void;
  /** The same episodes, with an ear on what is told of single events. */
  listen(episodes: Episodes): Episodes;
  /** The score of what came since the last call. */
  take(): RowScore;
}

/** The series of a source have next to nothing in common (measured on hosts of 5 to 38 metrics, bench/detection). */
const INDEPENDENCE = 1;

/** The series of a source are put together as the detectors of a series are, and then the law of episodes is applied. */
export function rowScores(): RowScores {
  const desk = new Desk();
  const clock = new ObservedTime(desk);
  const fusion = new Fusion(INDEPENDENCE, desk, clock);
  const refractory = new Refractory(desk, clock);
  let heard = 0;
  let time = 0;
  let together = Number.POSITIVE_INFINITY;
  fusion.begin();

  function hear(confidence: number, at: number): void {
    heard += 1;
    time = Math.max(time, at);
    fusion.add(timesADayOf(confidence));
  }

  /** One opinion of each series, and one of all together: those are two that look at the same row. */
  function timesADay(): number {
    const each = fusion.timesADay();
    return together === Number.POSITIVE_INFINITY ? each : 2 * Math.min(each, together);
  }

  return {
    hear,
    hearTogether(confidence, at) {
      heard += 1;
      time = Math.max(time, at);
      together = Math.min(together, timesADayOf(confidence));
    },
    listen: (episodes) => ({
      ...episodes,
      observe(occurrence) {
        const told = episodes.observe(occurrence);
        // A fault that comes again is told although it is no longer new.
        const returned = told !== null && occurrence.returns ? CONFIDENCE_BAR : 0;
        hear(Math.max(returned, occurrence.confidence), occurrence.time);
        return told;
      },
    }),
    take() {
      if (heard === 0) return { raw: 0, anomaly: 0 };
      const raw = confidenceOf(timesADay());
      clock.pass(time);
      const anomaly = refractory.tell(raw, time);
      fusion.learn();
      fusion.begin();
      heard = 0;
      together = Number.POSITIVE_INFINITY;
      return { raw, anomaly };
    },
  };
}
