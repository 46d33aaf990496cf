import { compareInstants, EPOCH, type Instant } from './instant.ts';

/**
 * A place in the log of a container. The Engine API has no cursor, only `since`, and the log is not quite in the order of
 * its times: stdout and stderr are stamped before either is written, and the pieces of a long line bear the time of the
 * first. So a place is told from the latest time before it.
 */
export interface LogPlace {
  /** The latest time of any record before the place. */
  readonly time: Instant;
  /** How many records of exactly this time lie before it; 0: it is before the first record that is not older. */
  readonly count: number;
  /** How many older records lie between the last of those and the place. */
  readonly older: number;
}

export const BEGINNING: LogPlace = { time: EPOCH, count: 0, older: 0 };

export function placeBefore(time: Instant): LogPlace {
  return { time, count: 0, older: 0 };
}

/** The place after one more record. */
export function placeAfter(place: LogPlace, time: Instant): LogPlace {
  const order = compareInstants(time, place.time);
  if (order > 0) return { time, count: 1, older: 0 };
  if (order === 0) return { time, count: place.count + 1, older: 0 };
  return { ...place, older: place.older + 1 };
}

/** `seconds.nanoseconds` as in the API's `since`, then both counts. */
export function markText({ time, count, older }: LogPlace): string {
  const stamp = `${time.seconds}.${String(time.nanos).padStart(9, '0')}`;
  return older === 0 ? `${stamp}#${count}` : `${stamp}#${count}+${older}`;
}

const MARK = /^(\d{1,12})\.(\d{9})#(\d{1,12})(?:\+(\d{1,12}))?$/;

/** The beginning, for a mark that another kind of source wrote. */
export function placeOf(mark: string | null): LogPlace {
  const [, seconds, nanos, count, older] = MARK.exec(mark ?? '') ?? [];
  if (seconds === undefined) return BEGINNING;
  return {
    time: { seconds: Number(seconds), nanos: Number(nanos) },
    count: Number(count),
    older: Number(older ?? 0),
  };
}

/** Whole seconds before a place from which on the log is asked for, so that whatever is told by it is seen again. */
const MARGIN_SECONDS = 5;

/** The API's `since`: seconds since the epoch. */
export function sinceOf({ time }: LogPlace): number {
  return Math.max(0, time.seconds - MARGIN_SECONDS);
}
