import { civilTime, latestCivil, two } from './civil.ts';
import { epochTime } from './epoch.ts';
import { basicStamp, isoStamp, withFraction } from './iso.ts';
import { monthStamp, numberStamp } from './months.ts';
import { fill, type Stamp } from './stamp.ts';

/** The timestamp of any known form that begins at `from`; false for none. `receivedAt` completes dates without a year. */
export function stampAt(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  const code = text.charCodeAt(from);
  if (code >= 65 && code <= 90) return monthStamp(text, from, into, receivedAt);
  if (!isDigit(code)) return false;
  if (isoStamp(text, from, into)) return true;
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

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function bothDates(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  return numberStamp(text, from, into) || monthStamp(text, from, into, receivedAt);
}

/** `03-17 16:13:38.811`, as Android writes. */
function yearless(text: string, from: number, into: Stamp, receivedAt: number): boolean {
  if (text.charCodeAt(from + 5) !== 32 || text.charCodeAt(from + 8) !== 58) return false;
  const time = [two(text, from + 6), two(text, from + 9), two(text, from + 12)] as const;
  const at = latestCivil(two(text, from), two(text, from + 3), time, receivedAt);
  return !Number.isNaN(at) && withFraction(text, from + 14, at, into);
}

const COMPACT = /(\d{6}) (\d\d)(\d\d)(\d\d)(?= )/y;

/** `081109 203615`, as Hadoop writes. */
function compact(text: string, from: number, into: Stamp): boolean {
  COMPACT.lastIndex = from;
  const found = COMPACT.exec(text);
  if (found === null) return false;
  const date = 20_000_000 + Number(found[1]);
  const time = civilTime(date, Number(found[2]), Number(found[3]), Number(found[4]));
  return fill(into, time, false, COMPACT.lastIndex);
}

const EPOCH = /(\d{10}(?:\.\d{1,9})?|\d{13}|\d{16}|\d{19})(?=[\s:\]|,]|$)/y;

/** `1767614400.123`, and as ms, microseconds or nanoseconds. */
export function epochStamp(text: string, from: number, into: Stamp): boolean {
  EPOCH.lastIndex = from;
  const found = EPOCH.exec(text);
  const time = found === null ? null : epochTime(Number(found[1]));
  return time !== null && fill(into, time, true, EPOCH.lastIndex);
}
