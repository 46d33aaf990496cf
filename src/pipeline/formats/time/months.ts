import { civilTime, latestCivil, timeOfDay, two } from './civil.ts';
import { withFraction } from './iso.ts';
import { offsetAfter } from './offset.ts';
import { fill, type Stamp } from './stamp.ts';

/** Month 1 to 12, or a weekday, by the three letters of its name as one number. */
const NAMES = new Map<number, number>();
const A_WEEKDAY = 0;
for (const name of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
  NAMES.set(lettersAt(name, 0), A_WEEKDAY);
for (const [at, name] of 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').entries()) {
  NAMES.set(lettersAt(name, 0), at + 1);
}
const WEEKDAY = /[A-Z][a-z]{2,8},? /y;
const TIME = String.raw`(\d{1,2}):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?([AaPp][Mm])\b)?`;
const DAY_FIRST = new RegExp(
  String.raw`(\d{1,2})[ /-]([A-Z][a-z]{2})[ /-](\d{4}|\d{2})[ :T,]{1,2}${TIME}`,
  'y',
);
const MONTH_FIRST = new RegExp(String.raw`([A-Z][a-z]{2}) {1,2}(\d{1,2})(?:,? (\d{4}))?,? ${TIME}`, 'y');
const YEAR_AFTER = / (\d{4})(?!\d)/y;

/**
 * Dates with the name of a month: `01/Jul/2026:09:00:55 +0000` (Common Log Format), `01-Jul-2026 09:00:55.123` (Tomcat),
 * `Wed, 01 Jul 2026 09:00:55 +0000` (RFC 2822), `Wed Jul  1 09:00:55 2026` (asctime), `Wed Jul 01 09:00:55 UTC 2026` (date,
 * Java), `Jul 01, 2026 9:00:55 AM` (java.util.logging), `Jul  1 09:00:55` (RFC 3164: the latest such day by `receivedAt`).
 */
export function monthStamp(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  const code = text.charCodeAt(from);
  if (code >= 48 && code <= 57) return dayFirst(text, from, into);
  const name = NAMES.get(lettersAt(text, from));
  if (name === undefined) return false;
  if (name === A_WEEKDAY) return weekdayFirst(text, from, into);
  return plainMonth(text, from, into, receivedAt) || monthFirst(text, from, into, receivedAt);
}

function weekdayFirst(text: string, from: number, into: Stamp): boolean {
  WEEKDAY.lastIndex = from;
  if (!WEEKDAY.test(text)) return false;
  const at = WEEKDAY.lastIndex;
  const code = text.charCodeAt(at);
  if (code >= 48 && code <= 57) return dayFirst(text, at, into);
  return yearLast(text, at, into) || monthFirst(text, at, into, 0);
}

/** `Jul  1 09:00:55`, the most common of them, by its characters. */
function plainMonth(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  if (text.charCodeAt(from + 3) !== 32 || text.charCodeAt(from + 9) !== 58) return false;
  const padded = text.charCodeAt(from + 4) === 32;
  const day = padded ? text.charCodeAt(from + 5) - 48 : two(text, from + 4);
  const time = timeOfDay(two(text, from + 7), two(text, from + 10), two(text, from + 13));
  const at = latestCivil(monthAt(text, from), day, time, receivedAt);
  return !Number.isNaN(at) && !half(text, from + 15) && withFraction(text, from + 15, at, into);
}

/** ` AM`, ` pm`. */
function half(text: string, at: number): boolean {
  return (
    text.charCodeAt(at) === 32 &&
    (text.charCodeAt(at + 2) | 32) === 109 &&
    (text.charCodeAt(at + 3) | 32) === 32
  );
}

function dayFirst(text: string, from: number, into: Stamp): boolean {
  DAY_FIRST.lastIndex = from;
  const found = DAY_FIRST.exec(text);
  const month = monthAt(found?.[2] ?? '', 0);
  if (found === null || month === 0) return false;
  const date = fullYear(Number(found[3])) * 10_000 + month * 100 + Number(found[1]);
  const [hours, minutes, seconds] = clock(found, 4);
  const offset = offsetAfter(text, DAY_FIRST.lastIndex, into);
  return fill(into, civilTime(date, hours, minutes, seconds) - offset, into.zoned, into.end);
}

/** `receivedAt` 0: a year is demanded. */
function monthFirst(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  MONTH_FIRST.lastIndex = from;
  const found = MONTH_FIRST.exec(text);
  const month = monthAt(found?.[1] ?? '', 0);
  if (found === null || month === 0 || (found[3] === undefined && receivedAt === 0)) return false;
  const day = Number(found[2]);
  const time = clock(found, 4);
  const year = found[3] === undefined ? null : Number(found[3]);
  const offset = offsetAfter(text, MONTH_FIRST.lastIndex, into);
  const at =
    year === null
      ? latestCivil(month, day, timeOfDay(...time), receivedAt)
      : civilTime(year * 10_000 + month * 100 + day, ...time);
  return fill(into, at - offset, into.zoned, into.end);
}

/** The year behind the time, and perhaps a zone between them. */
function yearLast(text: string, from: number, into: Stamp): boolean {
  MONTH_FIRST.lastIndex = from;
  const found = MONTH_FIRST.exec(text);
  const month = monthAt(found?.[1] ?? '', 0);
  if (found === null || month === 0) return false;
  const offset = offsetAfter(text, MONTH_FIRST.lastIndex, into);
  YEAR_AFTER.lastIndex = into.end;
  const year = YEAR_AFTER.exec(text);
  if (year === null) return false;
  const date = Number(year[1]) * 10_000 + month * 100 + Number(found[2]);
  return fill(into, civilTime(date, ...clock(found, 4)) - offset, into.zoned, YEAR_AFTER.lastIndex);
}

const NUMBERS = new RegExp(String.raw`(\d{1,2})([/.-])(\d{1,2})\2(\d{4})[ ,T]{1,2}${TIME}`, 'y');

/**
 * `07/01/2026 9:00:55 AM` (month first, as in the United States), `31/12/2026 09:00:55` (day first where it cannot be a month),
 * `01.07.2026 09:00:55` (day first), and `17/06/09 20:10:40` (year first, as Spark writes).
 */
export function numberStamp(text: string, from: number, into: Stamp): boolean {
  if (text.charCodeAt(from + 8) === 32 && text.charCodeAt(from + 11) === 58)
    return shortYear(text, from, into);
  NUMBERS.lastIndex = from;
  const found = NUMBERS.exec(text);
  if (found === null) return false;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const dayLeads = found[2] === '.' || first > 12;
  const date = Number(found[4]) * 10_000 + (dayLeads ? second * 100 + first : first * 100 + second);
  const offset = offsetAfter(text, NUMBERS.lastIndex, into);
  return fill(into, civilTime(date, ...clock(found, 5)) - offset, into.zoned, into.end);
}

function shortYear(text: string, from: number, into: Stamp): boolean {
  const date = (2000 + two(text, from)) * 10_000 + two(text, from + 3) * 100 + two(text, from + 6);
  const at = civilTime(date, two(text, from + 9), two(text, from + 12), two(text, from + 15));
  return !Number.isNaN(at) && withFraction(text, from + 17, at, into);
}

/** 0 for none. */
function monthAt(text: string, from: number): number {
  return NAMES.get(lettersAt(text, from)) ?? 0;
}

/** Three characters as one number; those that are no letters of a name make one that no name has. */
function lettersAt(text: string, from: number): number {
  const first = text.charCodeAt(from);
  const second = text.charCodeAt(from + 1);
  const third = text.charCodeAt(from + 2);
  return first < 128 && second < 128 && third < 128 ? (first << 14) | (second << 7) | third : -1;
}

function fullYear(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/** The groups hours, minutes, seconds, fraction and AM/PM from `at` on; a fraction as ms. */
function clock(found: RegExpExecArray, at: number): readonly [number, number, number] {
  const half = found[at + 4]?.toLowerCase();
  const hours = Number(found[at]);
  const shifted = half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0);
  const ms = Number((found[at + 3] ?? '0').slice(0, 3).padEnd(3, '0'));
  return [shifted, Number(found[at + 1]), Number(found[at + 2]) + ms / 1000];
}
