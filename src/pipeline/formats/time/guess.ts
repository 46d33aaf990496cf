import type { Zone } from './zone.ts';

/**
 * Guesses the zone of timestamps that name none: a line that is read just after it was written differs from the clock by
 * the zone's offset. Says UTC until several lines in a row agreed while the clock went on, so an old log that is read at
 * full speed, whose times race past, decides nothing. What it settled on stays until contradicted for long, as when
 * clocks are changed. Deterministic: a function of the lines so far.
 */
export interface ZoneGuess extends Zone {
  /** Takes in a civil time as in `toUtc`; true when another zone is settled now. */
  learn(local: number, receivedAt: number): boolean;
  /** Minutes east of UTC; null while none is settled. */
  settled(): number | null;
  snapshot(): SavedGuess;
  restore(saved: SavedGuess): void;
}

export type SavedGuess = readonly [settled: number | null, run: Run | null];

/** Lines in a row that say the same, since the first of them (epoch ms). */
interface Run {
  readonly minutes: number;
  readonly local: number;
  readonly receivedAt: number;
  lines: number;
}

const MINUTE = 60_000;
/** All zones in use differ from UTC by quarters of an hour. */
const QUARTER = 15;
const FARTHEST = 14 * 60;
/** A line is live if it is at most this old when it is read, or this young by a clock that is off. */
const OLDEST_MS = MINUTE;
const YOUNGEST_MS = -5000;
/** What it takes to believe a zone, and to give up a settled one. */
const BELIEVE = { lines: 5, ms: 2000 };
const GIVE_UP = { lines: 30, ms: MINUTE };

export function zoneGuess(): ZoneGuess {
  let settled: number | null = null;
  let run: Run | null = null;

  function learn(local: number, receivedAt: number): boolean {
    const minutes = liveOffset(local, receivedAt);
    if (minutes === null || minutes === settled) {
      run = null;
      return false;
    }
    if (run === null || run.minutes !== minutes || races(run, local, receivedAt)) {
      run = { minutes, local, receivedAt, lines: 1 };
      return false;
    }
    run.lines += 1;
    const needed = settled === null ? BELIEVE : GIVE_UP;
    if (run.lines < needed.lines || receivedAt - run.receivedAt < needed.ms) return false;
    settled = minutes;
    run = null;
    return true;
  }

  return {
    learn,
    toUtc: (local) => (settled === null ? local : local - settled * MINUTE),
    settled: () => settled,
    snapshot: () => [settled, run === null ? null : { ...run }],
    restore: ([wasSettled, wasRun]) => {
      settled = wasSettled;
      run = wasRun === null ? null : { ...wasRun };
    },
  };
}

/** The offset, minutes east, by which the line would have been written just now; null for none. */
function liveOffset(local: number, receivedAt: number): number | null {
  const ahead = local - receivedAt;
  const minutes = Math.round(ahead / (QUARTER * MINUTE)) * QUARTER;
  const age = minutes * MINUTE - ahead;
  return age >= YOUNGEST_MS && age <= OLDEST_MS && Math.abs(minutes) <= FARTHEST ? minutes : null;
}

/** The log's times do not go on as the clock does: it is being caught up with. Stamps may be cut to the second. */
function races(run: Run, local: number, receivedAt: number): boolean {
  const elapsed = receivedAt - run.receivedAt;
  return Math.abs(local - run.local - elapsed) > elapsed / 2 + 1500;
}

/** `+02:00` of 120. */
export function offsetName(minutes: number): string {
  const abs = Math.abs(minutes);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return minutes === 0 ? 'UTC' : `${minutes < 0 ? '-' : '+'}${two(abs / 60)}:${two(abs % 60)}`;
}
