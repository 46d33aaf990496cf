import { digitsEnd, isDigit, isSpace } from '../characters.ts';
import { civilTime, latestCivil, timeOfDay, two } from './civil.ts';
import { epochTime } from './epoch.ts';
import { basicStamp, isoStamp, withFraction } from './iso.ts';
import { monthStamp, numberStamp } from './months.ts';
import { fill, type Stamp } from './stamp.ts';

/** The timestamp of any known form that begins at `from`; false for none. `receivedAt` completes dates without a year. */
export function stampAt(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  const code = text.charCodeAt(from);
  if (code >= 65 && code <= 90) return monthStamp(text, from, into, receivedAt);
  if (!isDigit(code)) return false;
  if (!isDigit(text.charCodeAt(from + 4)) && isoStamp(text, from, into)) return true;
  return digits(text, from, into, receivedAt);
}

/** Told apart by the first characters that are no digit. */
function digits(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  const second = text.charCodeAt(from + 1);
  const mark = isDigit(second) ? text.charCodeAt(from + 2) : second;
  switch (mark) {
    case 32: // blank
      return monthStamp(text, from, into, receivedAt);
    case 45: // -
      return yearless(text, from, into, receivedAt) || bothDates(text, from, into, receivedAt);
    case 46: // .
    case 47: // /
      return bothDates(text, from, into, receivedAt);
    default:
      return runOfDigits(text, from, into);
  }
}

function runOfDigits(text: string, from: number, into: Stamp): boolean {
  if (text.charCodeAt(from + 6) === 32) return compact(text, from, into);
  if (text.charCodeAt(from + 8) === 84) return basicStamp(text, from, into);
  return isDigit(text.charCodeAt(from + 9)) && epochStamp(text, from, into);
}

function bothDates(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  return numberStamp(text, from, into) || monthStamp(text, from, into, receivedAt);
}

/** `03-17 16:13:38.811`, as Android writes. */
function yearless(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  if (text.charCodeAt(from + 5) !== 32 || text.charCodeAt(from + 8) !== 58) return false;
  const time = timeOfDay(two(text, from + 6), two(text, from + 9), two(text, from + 12));
  const at = latestCivil(two(text, from), two(text, from + 3), time, receivedAt);
  return !Number.isNaN(at) && withFraction(text, from + 14, at, into);
}

/** `081109 203615 `, as Hadoop writes. */
function compact(text: string, from: number, into: Stamp): boolean {
  if (text.charCodeAt(from + 13) !== 32) return false;
  const date = 20_000_000 + two(text, from) * 10_000 + two(text, from + 2) * 100 + two(text, from + 4);
  const time = civilTime(date, two(text, from + 7), two(text, from + 9), two(text, from + 11));
  return fill(into, time, false, from + 13);
}

/** `1767614400.123`, and as ms, microseconds or nanoseconds: 10, 13, 16 or 19 digits. */
export function epochStamp(text: string, from: number, into: Stamp): boolean {
  const whole = digitsEnd(text, from, 19);
  const count = whole - from;
  if (count !== 10 && count !== 13 && count !== 16 && count !== 19) return false;
  const isFraction = count === 10 && text.charCodeAt(whole) === 46 && isDigit(text.charCodeAt(whole + 1));
  const end = isFraction ? digitsEnd(text, whole + 1, 9) : whole;
  if (!endsStamp(text, end)) return false;
  const time = epochTime(isFraction || count > 15 ? Number(text.slice(from, end)) : wholeAt(text, from, end));
  return time !== null && fill(into, time, true, end);
}

/** Digits as a number, without a text of their own. */
function wholeAt(text: string, from: number, end: number): number {
  let whole = 0;
  for (let at = from; at < end; at += 1) whole = whole * 10 + (text.charCodeAt(at) - 48);
  return whole;
}

/** The end of the text, a blank, or one of `:]|,`. */
function endsStamp(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 58 || code === 93 || code === 124 || code === 44 || at >= text.length || isSpace(code);
}
