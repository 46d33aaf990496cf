import { ALARMS_PER_DAY, CONFIDENCE_BAR } from '../../domain/detection.ts';

/** Largest surprise of one score; beyond, a tail probability is an extrapolation. */
const LARGEST = 30;

/** Surprise of one score in nats, 0..30: 3 is once in twenty, 7 once in a thousand. */
export function surpriseOf(score: number): number {
  if (score === 0) return 0;
  const inside = Math.max(0, Math.min(1, Number.isNaN(score) ? 0 : score));
  return Math.min(LARGEST, -Math.log1p(-inside));
}

/** A normal series has a mean surprise of 1: only what exceeds this adds up (CUSUM; Page 1954). */
const DRIFT = 2.5;

/**
 * Under normal life the chance that the gathered evidence passes `h` at some point is about exp(-0.89 h): the root of
 * exp(2.5 t) (1 - t) = 1.
 */
const DECAY = 0.89;

/** What was asked last, and its answer: the buckets of a source are all of one length. */
let askedMs = Number.NaN;
let askedAlarms = Number.NaN;
let answer = Number.NaN;

/** Evidence that stands for the bar at this sampling interval, where a normal series may open so many episodes a day. */
export function evidenceAtBar(intervalMs: number, alarmsPerDay: number = ALARMS_PER_DAY.normal): number {
  if (intervalMs !== askedMs || alarmsPerDay !== askedAlarms) {
    const pointsPerDay = 86_400_000 / Math.max(1000, intervalMs);
    answer = Math.max(8, Math.log(pointsPerDay / alarmsPerDay) / DECAY);
    askedMs = intervalMs;
    askedAlarms = alarmsPerDay;
  }
  return answer;
}

/**
 * Adds one point's surprise. `learned` bounds what one point may say: twenty points cannot tell once in a thousand from
 * once in a million, and one spike alone never reaches the bar. Never beyond one and a half times the bar, so that it is soon forgotten.
 */
export function gather(gathered: number, pointSurprise: number, learned: number, atBar: number): number {
  const bounded = pointSurprise <= LEAST_BOUND ? pointSurprise : Math.min(pointSurprise, boundOf(learned));
  const next = gathered + bounded - DRIFT;
  return Math.max(0, Math.min(1.5 * atBar, next));
}

const LEAST_BOUND = 4.2;

function boundOf(learned: number): number {
  return Math.min(8, LEAST_BOUND + Math.log1p(learned / 2));
}

/** The same for `points` in a row that are no surprise at all. */
export function gatherNothing(gathered: number, points: number): number {
  return Math.max(0, gathered - points * DRIFT);
}

/** Evidence as the one confidence: 0 for none, the bar at `atBar`, towards 1 beyond. */
export function confidenceOf(gathered: number, atBar: number): number {
  return gathered === 0 ? 0 : 1 - (1 - CONFIDENCE_BAR) ** (gathered / atBar);
}
