import { ALARMS_PER_DAY, CONFIDENCE_BAR, type Reading } from '../domain/detection.ts';
import type { Numbers } from './numbers.ts';
import { Tail } from './tail.ts';

/** Odds of the bar. */
const ODDS = CONFIDENCE_BAR / (1 - CONFIDENCE_BAR);

/** What comes so many times a day in normal life, as confidence that it is not normal life: the bar at `alarmsPerDay`. */
export function confidenceOf(timesADay: number, alarmsPerDay: number = ALARMS_PER_DAY.normal): number {
  return timesADay === Number.POSITIVE_INFINITY ? 0 : 1 / (1 + timesADay / (alarmsPerDay * ODDS));
}

/**
 * Detectors that look at one series see the same days, each a little differently: together they alarm oftener than one,
 * but not as often as so many independent ones. Measured on normal series (bench/detection).
 */
const TOGETHER = 1.5;

/** Before so much observed time, ms. */
const YOUNG_MS = 86_400_000;

/** Surprise of one detector, 0..33, at so many times a day. */
function surpriseOf(timesADay: number): number {
  return Math.max(0, Math.min(30, -Math.log(Math.min(timesADay, 1000)) + 3));
}

/**
 * What all detectors of one series say together, in times a day: what the surest says, or their agreement, if that is
 * rarer. A series younger than a day has not shown what it can do: it is believed when it says it three times in a row.
 * Agreement is the sum of their surprises, calibrated by how often this series has shown such a sum: that
 * detectors which look at the same number agree is nothing special, and is not counted twice.
 */
export class Fusion {
  private readonly agreement = new Tail();
  private rarest = Number.POSITIVE_INFINITY;
  private sum = 0;
  private speaks = false;
  /** Of the two points before, the newer first. */
  private before = Number.POSITIVE_INFINITY;
  private beforeThat = Number.POSITIVE_INFINITY;

  /** Begins a point. */
  begin(): void {
    this.rarest = Number.POSITIVE_INFINITY;
    this.sum = 0;
    this.speaks = false;
  }

  /** One detector's word on it, in times a day. */
  add(timesADay: number): void {
    if (timesADay === Number.POSITIVE_INFINITY) return;
    this.speaks = true;
    this.sum += surpriseOf(timesADay);
    if (timesADay < this.rarest) this.rarest = timesADay;
  }

  timesADay(): number {
    const now = this.ofThisPoint();
    return this.agreement.elapsed < YOUNG_MS ? Math.max(now, this.before, this.beforeThat) : now;
  }

  learn(time: number): void {
    this.beforeThat = this.before;
    this.before = this.ofThisPoint();
    if (this.speaks) this.agreement.learn(this.sum, time);
  }

  write(to: Numbers): void {
    for (const times of [this.before, this.beforeThat])
      to.add(times === Number.POSITIVE_INFINITY ? -1 : times);
    this.agreement.write(to);
  }

  restore(state: Float64Array): void {
    const [before = -1, beforeThat = -1] = state;
    this.before = before === -1 ? Number.POSITIVE_INFINITY : before;
    this.beforeThat = beforeThat === -1 ? Number.POSITIVE_INFINITY : beforeThat;
    this.agreement.restore(state.subarray(2));
  }

  private ofThisPoint(): number {
    if (!this.speaks) return Number.POSITIVE_INFINITY;
    return TOGETHER * Math.min(this.rarest, this.agreement.timesADay(this.sum));
  }
}

/** Confidence in what is noteworthy by itself, [0,1]: that of its surest reading. */
export function surest(readings: readonly Reading[]): number {
  let most = 0;
  for (const { score } of readings) if (score > most) most = score;
  return Math.min(1, most);
}
