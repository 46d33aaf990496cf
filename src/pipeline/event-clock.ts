/** A jump farther than this ahead must be confirmed by so many events in a row ... */
const FAR_MS = 3_600_000;
const CONFIRM_AHEAD = 3;
/** ... that are close together, or as evenly spaced as the days of a daily figure: then so many such steps are not far. */
const UNEVEN = 2;
const STEPS = 20;
/** Events in a row this far behind after which the clock is believed to have been set back. */
const BEHIND_MS = 60_000;
const CONFIRM_BEHIND = 200;
/** What a Date can hold (ECMA-262, 21.4.1.1), before 1970 too. */
const LATEST = 8.64e15;

/** Not so for NaN, infinity, and what lies beyond every calendar. */
export function isTime(timestamp: number): boolean {
  return Math.abs(timestamp) <= LATEST;
}

/**
 * Time of a source as its own events tell it. Goes forward with them; one event from the far future does not move it,
 * nor does one from the past, but a clock that was really set is followed.
 */
export class EventClock {
  /** The latest credible event time, epoch ms; 0 before the first event. */
  now = 0;
  /** Time of the first event since it was made or restored, epoch ms; 0 before it. */
  began = 0;
  private ahead = 0;
  private aheadAt = 0;
  private behind = 0;
  /** From the event before to the one at `aheadAt`, ms. */
  private step = 0;
  /** What is farther ahead than this is a jump, ms. */
  private far = FAR_MS;

  /** Takes an event's time in and says when it happened as far as buckets care; null: neither now nor close to it. */
  place(timestamp: number): number | null {
    if (!isTime(timestamp)) return null;
    if (this.now === 0) this.now = this.began = timestamp;
    if (timestamp - this.now > this.far) return this.farAhead(timestamp);
    this.ahead = 0;
    if (this.now - timestamp > BEHIND_MS) return this.farBehind(timestamp);
    this.behind = 0;
    if (timestamp > this.now) this.now = timestamp;
    return timestamp;
  }

  snapshot(): Float64Array {
    return Float64Array.of(this.now, this.ahead, this.aheadAt, this.behind, this.step, this.far);
  }

  restore(state: Float64Array): void {
    const [now = 0, ahead = 0, aheadAt = 0, behind = 0, step = 0, far = FAR_MS] = state;
    Object.assign(this, { now, began: now, ahead, aheadAt, behind, step, far });
  }

  private farAhead(timestamp: number): number | null {
    const next = timestamp - (this.ahead === 0 ? this.now : this.aheadAt);
    this.ahead = this.ahead > 0 && agrees(this.step, next) ? this.ahead + 1 : 1;
    this.aheadAt = timestamp;
    this.step = next;
    if (this.ahead < CONFIRM_AHEAD) return null;
    this.now = timestamp;
    this.ahead = 0;
    this.far = Math.max(FAR_MS, STEPS * this.step);
    return timestamp;
  }

  private farBehind(timestamp: number): number | null {
    this.behind += 1;
    if (this.behind < CONFIRM_BEHIND) return null;
    this.now = timestamp;
    this.behind = 0;
    return timestamp;
  }
}

/** Is the one step like the other? */
function agrees(before: number, after: number): boolean {
  const isEven = after > 0 && after <= UNEVEN * before && before <= UNEVEN * after;
  return isEven || Math.abs(after) <= FAR_MS;
}
