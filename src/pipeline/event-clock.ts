/**
 * Time of a source as its own events tell it. Goes forward with them; one event from the far future does not move it,
 * nor does one from the past, but a clock that was really set is followed.
 */
export interface EventClock {
  /** The latest credible event time, epoch ms; 0 before the first event. */
  readonly now: number;
  /** Takes an event's time in and says when it happened as far as buckets care; null: neither now nor close to it. */
  place(timestamp: number): number | null;
  snapshot(): Float64Array;
  restore(state: Float64Array): void;
}

/** A jump farther than this ahead must be confirmed by so many events in a row. */
const FAR_MS = 3_600_000;
const CONFIRM_AHEAD = 3;
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
  let ahead = 0;
  let aheadAt = 0;
  let behind = 0;

  function farAhead(timestamp: number): number | null {
    ahead = Math.abs(timestamp - aheadAt) <= FAR_MS ? ahead + 1 : 1;
    aheadAt = timestamp;
    if (ahead < CONFIRM_AHEAD) return null;
    now = timestamp;
    ahead = 0;
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
    place(timestamp) {
      if (!isTime(timestamp)) return null;
      if (now === 0) now = timestamp;
      if (timestamp - now > FAR_MS) return farAhead(timestamp);
      ahead = 0;
      if (now - timestamp > BEHIND_MS) return farBehind(timestamp);
      behind = 0;
      if (timestamp > now) now = timestamp;
      return timestamp;
    },
    snapshot: () => Float64Array.of(now, ahead, aheadAt, behind),
    restore(state) {
      [now = 0, ahead = 0, aheadAt = 0, behind = 0] = state;
    },
  };
}
