import { z } from 'zod';
import { ALARMS_PER_DAY, type Reading } from '../../domain/detection.ts';
import { HOUR_MS } from '../../domain/rollup.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import { Tail } from '../calibration/tail.ts';
import type { Detector } from '../detector.ts';
import { numbersOf } from '../memory/numbers.ts';
import { Week } from './week.ts';

export const silenceOptions = z.object({
  warmUp: z.number().int().min(20).default(60).describe('Gaps before it speaks.'),
  leastMinutes: z.number().positive().default(2).describe('A shorter silence is not worth a word.'),
});
export type SilenceOptions = z.infer<typeof silenceOptions>;

/** A silence of a source: one that has ended, or one that goes on. */
export interface Gap {
  /** When it ended, or now; epoch ms. */
  readonly time: number;
  /** How long it is by then. */
  readonly quietMs: number;
}

/** Gaps whose standard deviation is less than so many means come by the clock. */
const REGULAR = 0.5;
/** What comes more seldom than this, and not by the clock, is not missed. */
const OFTEN_MS = HOUR_MS / 2;
/** What does not come by the clock has to be known for so long, and what has hours of rest for this. */
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Share of a new gap in the usual one, once there are many. */
const FADING = 1 / 500;
/** What is so rare is not what a week looks like, times a day. */
const RARE = 0.5;

interface State {
  seen: number;
  /** When it was heard first. */
  since: number;
  /** When it was heard last: what lies between that and the next gap nobody watched. */
  last: number;
  /** Of the gaps, ms. */
  mean: number;
  square: number;
}

/**
 * Dead man's switch of a source that used to speak. A silence is as long as what one would have heard meanwhile, by the
 * hour of the week; how often one like that comes is told by the source's own gaps. In an hour of which nothing is known
 * only a source that speaks by the clock is missed.
 */
export function silence(
  options: SilenceOptions = silenceOptions.parse({}),
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): Detector<Gap> {
  return new Silence(options, alarmsPerDay);
}

class Silence implements Detector<Gap> {
  readonly name = 'silence';
  readonly needed: number;
  private readonly leastMs: number;
  private readonly alarmsPerDay: number;
  private readonly state: State = { seen: 0, since: 0, last: 0, mean: 0, square: 0 };
  private readonly week = new Week();
  private readonly tail = new Tail();

  constructor({ warmUp, leastMinutes }: SilenceOptions, alarmsPerDay: number) {
    this.needed = warmUp;
    this.leastMs = leastMinutes * 60_000;
    this.alarmsPerDay = alarmsPerDay;
  }

  get seen(): number {
    return this.state.seen;
  }

  score(raw: Gap): Reading | null {
    const { state, week, tail, alarmsPerDay } = this;
    const gap = usableGap(raw);
    if (state.seen < this.needed || gap === null || gap.quietMs < this.leastMs) return null;
    if (!isMissable(state, gap, week.rests)) return null;
    return reading(gap, state, confidenceOf(tail.timesADay(this.missed(gap)), alarmsPerDay));
  }

  learn(raw: Gap): void {
    const gap = usableGap(raw);
    if (gap === null) return;
    const { state, week, tail } = this;
    const began = gap.time - gap.quietMs;
    if (state.seen === 0) state.since = began;
    if (began > state.last) week.resume(began);
    const distance = this.missed(gap);
    if (tail.timesADay(distance) < RARE) week.resume(gap.time);
    week.beat(gap.time);
    // Rest, and hours of which nothing is known, teach nothing.
    if (distance > 0) tail.learnAt(distance, gap.time);
    take(state, gap);
  }

  snapshot(): Float64Array {
    const { seen, since, last, mean, square } = this.state;
    return numbersOf((to) => {
      to.addAll([seen, since, last, mean, square]);
      this.week.write(to);
      this.tail.write(to);
    });
  }

  restore(numbers: Float64Array): void {
    const [seen = 0, since = 0, last = 0, mean = 0, square = 0] = numbers;
    Object.assign(this.state, { seen, since, last, mean, square });
    this.tail.restore(this.week.restore(numbers.subarray(5)));
  }

  /** Beats that are usual in a gap. */
  private missed({ time, quietMs }: Gap): number {
    const unknown = isRegular(this.state) || !this.week.hasHours ? perHour(this.state) : 0;
    return this.week.expected(time - quietMs, time, unknown);
  }
}

const LONGEST_MS = 52 * WEEK_MS;

/** What can be computed with; null teaches nothing. */
function usableGap({ time, quietMs }: Gap): Gap | null {
  if (!Number.isFinite(time) || Number.isNaN(quietMs)) return null;
  return { time, quietMs: Math.max(0, Math.min(LONGEST_MS, quietMs)) };
}

/** Does one know it well enough to say that it should have spoken? */
function isMissable(state: State, { time, quietMs }: Gap, rests: boolean): boolean {
  const known = time - quietMs - state.since;
  if (isRegular(state)) return known >= HOUR_MS / 2;
  return state.mean <= OFTEN_MS && known >= (rests ? WEEK_MS : DAY_MS);
}

function isRegular({ mean, square }: State): boolean {
  return square - mean * mean < (REGULAR * mean) ** 2;
}

function perHour({ mean }: State): number {
  return mean === 0 ? 0 : HOUR_MS / mean;
}

/** Usual gaps that one gap counts at most. */
const LONGEST = 20;

function take(state: State, { time, quietMs }: Gap): void {
  state.seen += 1;
  state.last = time;
  const share = Math.max(1 / state.seen, FADING);
  const taken = state.seen < 20 ? quietMs : Math.min(quietMs, LONGEST * state.mean + 1000);
  state.mean += share * (taken - state.mean);
  state.square += share * (taken * taken - state.square);
}

function reading({ quietMs }: Gap, state: State, score: number): Reading {
  return {
    detector: 'silence',
    score,
    evidence: { kind: 'silence', quietMs, usualGapMs: state.mean },
  };
}
