import { VigilError } from '../../../domain/errors.ts';

/** What timestamps without a zone are in. */
export interface Zone {
  /** Epoch ms of a civil time that was read as if it were UTC. `receivedAt`: when its line was read, epoch ms. */
  toUtc(local: number, receivedAt: number): number;
}

export const UTC: Zone = { toUtc: (local) => local };

const OFFSET = /^([+-])(\d\d):?(\d\d)$/;
const MINUTE = 60_000;

/** A zone by its IANA name or offset (`Europe/Berlin`, `+05:30`, `UTC`). @throws VigilError `bad_config` for any other. */
export function zoneNamed(name: string): Zone {
  if (name === 'UTC' || name === 'Z') return UTC;
  const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
  if (sign === undefined) return regionNamed(name);
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
  if (Math.abs(ms) > 14 * 60 * MINUTE || Number(minutes) > 59) throw unknownZone(name);
  return { toUtc: (local) => local - ms };
}

function unknownZone(name: string): VigilError {
  const what = `\`${name}\` is no time zone`;
  return new VigilError('bad_config', { what, hint: 'Write a name such as Europe/Berlin, or +02:00.' });
}

/** Clocks change on a quarter of an hour. */
const QUARTER = 15 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const MOST_QUARTERS = 10_000;

/** The offsets, ms east, that a civil time may have: one, or two where the clock was set back. */
type Offsets = readonly [first: number, last: number];

/** Intl is asked a few times a quarter of an hour of the log, not a line. */
function regionNamed(name: string): Zone {
  const offsetAt = offsetsOf(name);
  const known = new Map<number, Offsets>();
  let lastQuarter = Number.NaN;
  let last: Offsets = [0, 0];

  function offsets(quarter: number): Offsets {
    let found = known.get(quarter);
    if (found === undefined) {
      if (known.size >= MOST_QUARTERS) known.clear();
      found = possible(quarter * QUARTER, offsetAt);
      known.set(quarter, found);
    }
    return found;
  }

  return {
    toUtc(local, receivedAt) {
      const quarter = Math.floor(local / QUARTER);
      if (quarter !== lastQuarter) {
        last = offsets(quarter);
        lastQuarter = quarter;
      }
      const [first, second] = last;
      if (first === second) return local - first;
      // The hour that comes twice: a line that is read just now tells which it is, any other is of the first.
      const later = local - second;
      return Math.abs(receivedAt - later) < MINUTE ? later : local - first;
    },
  };
}

/** As Temporal's `compatible`: a time that the clock skipped is read with the offset before. */
function possible(local: number, offsetAt: (utc: number) => number): Offsets {
  const before = offsetAt(local - DAY);
  const after = offsetAt(local + DAY);
  if (before === after) return [before, after];
  const holds = (offset: number) => offsetAt(local - offset) === offset;
  const first = holds(before) || !holds(after) ? before : after;
  return [first, holds(after) ? after : first];
}

function offsetsOf(name: string): (utc: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    const parts = { hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' } as const;
    const date = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, hourCycle: 'h23', ...date, ...parts });
  } catch {
    throw unknownZone(name); // a RangeError is all that Intl has to say
  }
  return (utc) => {
    const at: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(utc)) at[type] = Number(value);
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(utc / 1000) * 1000;
  };
}
