import { ALARMS_PER_DAY, type Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import type { Detector } from '../detector.ts';
import { numbersOf } from '../memory/numbers.ts';

/** A look at which metrics of a source still come. */
export interface Look {
  /** Epoch ms. */
  readonly time: number;
  /** How many ceased to come since the look before. */
  readonly ceased: number;
  /** Of the first of them: how long it has not come, and the usual gap between its points, ms. */
  readonly quietMs: number;
  readonly usualGapMs: number;
}

/** Looks before it speaks. */
const WARM_UP = 60;
/** How often metrics have ceased to come in a source in which they never did: once in twenty times what was observed. */
const CREDIT = 0.05;
/** What ceases so soon after something else ceased is the same incident, ms. */
const SAME_MS = 3_600_000;
/** Observed time after which half of what was learnt is forgotten, ms. */
const MEMORY_MS = 60 * 86_400_000;
/** Between two looks; of a longer time nothing was observed, ms. */
const LONGEST_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Missing data: metrics that no longer come although their source goes on. How often that is to be expected is how often it has
 * happened: pods of a cluster come and go each day, the disk of a server does not.
 */
export function missingData(alarmsPerDay: number = ALARMS_PER_DAY.normal): Detector<Look> {
  let seen = 0;
  let last = 0;
  let elapsed = 0;
  let times = 0;
  let ceasedAt = 0;
  return {
    name: 'missing-data',
    get seen() {
      return seen;
    },
    needed: WARM_UP,
    score({ ceased, quietMs, usualGapMs }): Reading | null {
      if (seen < WARM_UP || !(ceased > 0) || elapsed === 0) return null;
      const timesADay = ((times + CREDIT) * DAY_MS) / elapsed;
      const evidence = { kind: 'silence', quietMs, usualGapMs } as const;
      return { detector: 'missing-data', score: confidenceOf(timesADay, alarmsPerDay), evidence };
    },
    learn({ time, ceased }) {
      if (!Number.isFinite(time)) return;
      if (seen > 0) elapsed += Math.max(0, Math.min(LONGEST_MS, time - last));
      last = seen === 0 ? time : Math.max(last, time);
      seen += 1;
      if (ceased > 0 && time - ceasedAt > SAME_MS) times += 1;
      if (ceased > 0) ceasedAt = time;
      if (elapsed <= MEMORY_MS) return;
      elapsed /= 2;
      times /= 2;
    },
    snapshot: () => numbersOf((to) => to.addAll([seen, last, elapsed, times, ceasedAt])),
    restore(state) {
      [seen = 0, last = 0, elapsed = 0, times = 0, ceasedAt = 0] = state;
    },
  };
}
