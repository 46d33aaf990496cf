import { ALARMS_PER_DAY, CONFIDENCE_BAR, type Reading } from '../../domain/detection.ts';
import type { Desk } from '../memory/desk.ts';
import type { ObservedTime } from './observed-time.ts';
import { Tail } from './tail.ts';

/** Odds of the bar. */
const ODDS = CONFIDENCE_BAR / (1 - CONFIDENCE_BAR);

/** What comes so many times a day in normal life, as confidence that it is not normal life: the bar at `alarmsPerDay`. */
export function confidenceOf(timesADay: number, alarmsPerDay: number = ALARMS_PER_DAY.normal): number {
  return timesADay === Number.POSITIVE_INFINITY ? 0 : 1 / (1 + timesADay / (alarmsPerDay * ODDS));
}

/** The other way round: Infinity where there is nothing to be confident of. */
export function timesADayOf(confidence: number): number {
  return confidence <= 0 ? Number.POSITIVE_INFINITY : ALARMS_PER_DAY.normal * ODDS * (1 / confidence - 1);
}

/** What comes oftener is no surprise at all, times a day: e cubed. */
const ORDINARY = 20.1;

/** Surprise of one opinion, 0..33, at so many times a day. */
function surpriseOf(timesADay: number): number {
  if (timesADay > ORDINARY) return 0;
  return Math.max(0, Math.min(30, -Math.log(timesADay) + 3));
}

/**
 * What several opinions on one point say together, in times a day: what the surest says, or their agreement, if that is
 * rarer. Agreement is the sum of their surprises, calibrated by how often such a sum has come: that those who look at the
 * same thing agree is nothing special, and is not counted twice. Many see more than one does, though, and alarm oftener:
 * by the number of opinions to the power of `independence`, 0 for always the same and 1 for nothing in common.
 */
export class Fusion {
  private readonly independence: number;
  private readonly agreement: Tail;
  /** How much oftener so many alarm than one does. */
  private together = { opinions: 1, oftener: 1 };
  private rarest = Number.POSITIVE_INFINITY;
  private sum = 0;
  private opinions = 0;

  /** `clock`: as that of `Tails`. */
  constructor(independence: number, desk: Desk, clock: ObservedTime) {
    this.independence = independence;
    this.agreement = new Tail(desk, clock);
  }

  /** Time that was observed, ms. */
  get elapsed(): number {
    return this.agreement.elapsed;
  }

  /** Begins a point. */
  begin(): void {
    this.rarest = Number.POSITIVE_INFINITY;
    this.sum = 0;
    this.opinions = 0;
  }

  /** One opinion on it, in times a day; Infinity for none. */
  add(timesADay: number): void {
    this.opinions += 1;
    if (timesADay === Number.POSITIVE_INFINITY) return;
    this.sum += surpriseOf(timesADay);
    if (timesADay < this.rarest) this.rarest = timesADay;
  }

  timesADay(): number {
    const { rarest, opinions } = this;
    if (rarest === Number.POSITIVE_INFINITY) return rarest;
    const agreed = this.agreement.timesADay(this.sum);
    if (opinions < 2) return rarest;
    if (opinions !== this.together.opinions)
      this.together = { opinions, oftener: opinions ** this.independence };
    return this.together.oftener * Math.min(rarest, agreed);
  }

  /** The point that was asked about. */
  learn(): void {
    if (this.rarest < Number.POSITIVE_INFINITY) this.agreement.learn();
  }
}

/** Confidence in what is noteworthy by itself, [0,1]: that of its surest reading. */
export function surest(readings: readonly Reading[]): number {
  let most = 0;
  for (const { score } of readings) if (score > most) most = score;
  return Math.min(1, most);
}
