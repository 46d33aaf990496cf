import { z } from 'zod';
import { ALARMS_PER_DAY, type Reading } from '../../domain/detection.ts';
import { HOUR_MS } from '../../domain/rollup.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import { Tail } from '../calibration/tail.ts';
import type { Detector } from '../detector.ts';
import { type Numbers, numbersOf } from '../memory/numbers.ts';

export const absenceOptions = z.object({
  warmUp: z.number().int().min(20).default(60).describe('Gaps before it speaks.'),
  leastMinutes: z.number().positive().default(2).describe('A shorter absence is not worth a word.'),
});
export type AbsenceOptions = z.infer<typeof absenceOptions>;

/** How long a message has not come: since it came last, up to when it came again or to now. */
export interface Missed {
  /** Epoch ms. */
  readonly time: number;
  readonly quietMs: number;
  /** What the source wrote meanwhile. */
  readonly records: number;
  /** Messages that are watched like this one, at least 1: one of many is missed oftener. */
  readonly among: number;
}

/** One that judges whether something that used to come has stopped. */
export interface AbsenceDetector extends Detector<Missed> {
  /** The usual gap, ms; 0 before the first. */
  readonly usualMs: number;
  write(to: Numbers): void;
}

/**
 * Gaps whose standard deviation is less than so many means come by the clock, and those with no more than this at random;
 * these have to be known for a day, and to come often. What comes in bursts is never missed.
 */
const REGULAR = 0.5;
const RANDOM = 1.2;
const OFTEN_MS = HOUR_MS / 2;
/** Share of a new gap in the usual one, once there are many, and how many usual ones it counts at most. */
const FADING = 1 / 200;
const LONGEST = 20;

interface State {
  seen: number;
  since: number;
  /** Of the gaps: ms, their squares, records. */
  mean: number;
  square: number;
  records: number;
}

/**
 * A message that used to come and does not any more. Both must be longer than usual: the time, and what the source wrote
 * meanwhile. So a lull is no absence, nor is a burst of something else.
 */
export function absence(
  options: AbsenceOptions = absenceOptions.parse({}),
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): AbsenceDetector {
  const state: State = { seen: 0, since: 0, mean: 0, square: 0, records: 0 };
  const tail = new Tail();
  const write = (to: Numbers) => {
    to.addAll([state.seen, state.since, state.mean, state.square, state.records]);
    tail.write(to);
  };
  return {
    name: 'absence',
    get seen() {
      return state.seen;
    },
    needed: options.warmUp,
    get usualMs() {
      return state.mean;
    },
    score(missed) {
      const distance = distanceOf(state, missed);
      const isShort = missed.quietMs < options.leastMinutes * 60_000;
      if (distance === null || isShort || state.seen < options.warmUp || !isMissable(state, missed))
        return null;
      const timesADay = tail.timesADay(distance) * Math.max(1, missed.among);
      return {
        detector: 'absence',
        score: confidenceOf(timesADay, alarmsPerDay),
        evidence: { kind: 'silence', quietMs: missed.quietMs, usualGapMs: state.mean },
      } satisfies Reading;
    },
    learn(missed) {
      const distance = distanceOf(state, missed);
      if (distance === null) return;
      if (state.seen === 0) state.since = missed.time;
      else tail.learnAt(distance, missed.time);
      take(state, missed);
    },
    write,
    snapshot: () => numbersOf(write),
    restore(numbers) {
      const [seen = 0, since = 0, mean = 0, square = 0, records = 0] = numbers;
      Object.assign(state, { seen, since, mean, square, records });
      tail.restore(numbers.subarray(5));
    },
  };
}

/** In usual gaps; null for what cannot be computed with. */
function distanceOf({ mean, records: usual }: State, { time, quietMs, records }: Missed): number | null {
  if (!Number.isFinite(time) || !Number.isFinite(quietMs) || !Number.isFinite(records)) return null;
  const byTime = Math.max(0, quietMs) / Math.max(1, mean);
  return Math.min(FARTHEST, byTime, Math.max(0, records) / Math.max(1, usual));
}

/** The largest distance told apart. */
const FARTHEST = 1e6;

function isMissable({ since, mean, square }: State, { time, quietMs }: Missed): boolean {
  const known = time - quietMs - since;
  const deviation = Math.sqrt(Math.max(0, square - mean * mean));
  if (deviation < REGULAR * mean) return known >= HOUR_MS;
  return deviation < RANDOM * mean && mean <= OFTEN_MS && known >= 24 * HOUR_MS;
}

function take(state: State, { quietMs, records }: Missed): void {
  state.seen += 1;
  const share = Math.max(1 / state.seen, FADING);
  const [ms, count] = [Math.max(0, quietMs), Math.max(0, records)];
  const young = state.seen < LONGEST;
  const gap = Math.min(LARGEST, young ? ms : Math.min(ms, LONGEST * state.mean + 1000));
  state.mean += share * (gap - state.mean);
  state.square += share * (gap * gap - state.square);
  const written = Math.min(LARGEST, young ? count : Math.min(count, LONGEST * state.records + 1));
  state.records += share * (written - state.records);
}

/** No gap counts as more, ms or records. */
const LARGEST = 1e12;
