import type { Instant } from './instant.ts';

/** The longest: nine digits of a second and a zone. */
const MOST_BYTES = 35;
const SPACE = 32;

/** The stamp that an engine writes before a line, beginning at `at`, and the byte after its space. Null when there is none. */
export function stampAt(bytes: Buffer, at: number): { readonly time: Instant; readonly end: number } | null {
  const end = bytes.subarray(at, at + MOST_BYTES + 1).indexOf(SPACE);
  if (end < 0) return null;
  const time = parseStamp(bytes.toString('latin1', at, at + end));
  return time === null ? null : { time, end: at + end + 1 };
}

/** RFC 3339 with up to nine digits of a second, as engines stamp lines. */
const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Null when it is no such stamp. */
export function parseStamp(text: string): Instant | null {
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHours, zoneMinutes] =
    STAMP.exec(text) ?? [];
  if (year === undefined) return null;
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const east = sign === undefined ? 0 : Number(`${sign}1`) * (Number(zoneHours) * 60 + Number(zoneMinutes));
  return { seconds: ms / 1000 - east * 60, nanos: Number(fraction.padEnd(9, '0')) };
}
