/**
 * Time of a source as its own events tell it. Goes forward with them; one event from the far future does not move it,
 * nor does one from the past, but a clock that was really set is followed.
 */
export interface EventClock {
  /** The latest credible event time, epoch ms; 0 before the first event. */
  readonly now: number;
  /** Time of the first event since it was made or restored, epoch ms; 0 before it. */
  readonly began: number;
  /** Takes an event's time in and says when it happened as far as buckets care; null: neither now nor close to it. */
  place(timestamp: number): number | null;
  snapshot(): Float64Array;
  restore(state: Float64Array): void;
}

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

export function eventClock(): EventClock {
  let now = 0;
  let began = 0;
  let ahead = 0;
  let aheadAt = 0;
  let behind = 0;
  /** From the event before to the one at `aheadAt`, ms. */
  let step = 0;
  /** What is farther ahead than this is a jump, ms. */
  let far = FAR_MS;

  function farAhead(timestamp: number): number | null {
    const next = timestamp - (ahead === 0 ? now : aheadAt);
    ahead = ahead > 0 && agrees(step, next) ? ahead + 1 : 1;
    aheadAt = timestamp;
    step = next;
    if (ahead < CONFIRM_AHEAD) return null;
    now = timestamp;
    ahead = 0;
    far = Math.max(FAR_MS, STEPS * step);
    return timestamp;
  }

  function farBehind(timestamp: number): number | null {
    behind += 1;
    if (behind < CONFIRM_BEHIND) return null;
    now = timestamp;
    behind = 0;
    return timestamp;
  }

  return {
    get now() {
      return now;
    },
    get began() {
      return began;
    },
    place(timestamp) {
      if (!isTime(timestamp)) return null;
      if (now === 0) now = began = timestamp;
      if (timestamp - now > far) return farAhead(timestamp);
      ahead = 0;
      if (now - timestamp > BEHIND_MS) return farBehind(timestamp);
      behind = 0;
      if (timestamp > now) now = timestamp;
      return timestamp;
    },
    snapshot: () => Float64Array.of(now, ahead, aheadAt, behind, step, far),
    restore(state) {
      [now = 0, ahead = 0, aheadAt = 0, behind = 0, step = 0, far = FAR_MS] = state;
      began = now;
    },
  };
}

/** Is the one step like the other? */
function agrees(before: number, after: number): boolean {
  const isEven = after > 0 && after <= UNEVEN * before && before <= UNEVEN * after;
  return isEven || Math.abs(after) <= FAR_MS;
}
