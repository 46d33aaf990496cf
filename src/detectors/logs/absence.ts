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
  return new Absence(options, alarmsPerDay);
}

class Absence implements AbsenceDetector {
  readonly name = 'absence';
  readonly needed: number;
  private readonly leastMs: number;
  private readonly alarmsPerDay: number;
  private readonly state: State = { seen: 0, since: 0, mean: 0, square: 0, records: 0 };
  private readonly tail = new Tail();

  constructor({ warmUp, leastMinutes }: AbsenceOptions, alarmsPerDay: number) {
    this.needed = warmUp;
    this.leastMs = leastMinutes * 60_000;
    this.alarmsPerDay = alarmsPerDay;
  }

  get seen(): number {
    return this.state.seen;
  }

  get usualMs(): number {
    return this.state.mean;
  }

  score(missed: Missed): Reading | null {
    const distance = distanceOf(this.state, missed);
    const isShort = missed.quietMs < this.leastMs;
    if (distance === null || isShort || this.seen < this.needed || !isMissable(this.state, missed))
      return null;
    const timesADay = this.tail.timesADay(distance) * Math.max(1, missed.among);
    return {
      detector: 'absence',
      score: confidenceOf(timesADay, this.alarmsPerDay),
      evidence: { kind: 'silence', quietMs: missed.quietMs, usualGapMs: this.usualMs },
    };
  }

  learn(missed: Missed): void {
    const distance = distanceOf(this.state, missed);
    if (distance === null) return;
    if (this.seen === 0) this.state.since = missed.time;
    else this.tail.learnAt(distance, missed.time);
    take(this.state, missed);
  }

  write(to: Numbers): void {
    const { seen, since, mean, square, records } = this.state;
    to.addAll([seen, since, mean, square, records]);
    this.tail.write(to);
  }

  snapshot(): Float64Array {
    return numbersOf((to) => this.write(to));
  }

  restore(numbers: Float64Array): void {
    const [seen = 0, since = 0, mean = 0, square = 0, records = 0] = numbers;
    Object.assign(this.state, { seen, since, mean, square, records });
    this.tail.restore(numbers.subarray(5));
  }
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
  const ms = Math.max(0, quietMs);
  const count = Math.max(0, records);
  const young = state.seen < LONGEST;
  const gap = Math.min(LARGEST, young ? ms : Math.min(ms, LONGEST * state.mean + 1000));
  state.mean += share * (gap - state.mean);
  state.square += share * (gap * gap - state.square);
  const written = Math.min(LARGEST, young ? count : Math.min(count, LONGEST * state.records + 1));
  state.records += share * (written - state.records);
}

/** No gap counts as more, ms or records. */
const LARGEST = 1e12;
