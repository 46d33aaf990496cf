import { isDigit } from '../characters.ts';
import { civilTime, two } from './civil.ts';
import { offsetAfter } from './offset.ts';
import { fill, type Stamp } from './stamp.ts';

/** The last minute that was read, `2026-07-01T09:00:`, and its epoch ms: most lines of a log share one with the line before. */
let minute = '2026-07-01T09:00:';
let minuteTime = Date.UTC(2026, 6, 1, 9);

/**
 * ISO 8601 and its relatives: `2026-07-01T09:00:55.123Z`, a blank for `T`, a comma for the point, `/` or `.` between the
 * parts of the date, an offset, a zone's name, or neither. Reads characters only: this is on the way of each line.
 */
export function isoStamp(text: string, from: number, into: Stamp): boolean {
  if (!text.startsWith(minute, from) && !readMinute(text, from)) return false;
  const seconds = two(text, from + 17);
  return seconds < 61 && withFraction(text, from + 19, minuteTime + seconds * 1000, into);
}

function readMinute(text: string, from: number): boolean {
  const mark = text.charCodeAt(from + 4);
  if ((mark !== 45 && mark !== 47 && mark !== 46) || text.length < from + 19) return false;
  if (text.charCodeAt(from + 13) !== 58 || !parts(text.charCodeAt(from + 10))) return false;
  const year = two(text, from) * 100 + two(text, from + 2);
  const date = year * 10_000 + two(text, from + 5) * 100 + two(text, from + 8);
  const time = civilTime(date, two(text, from + 11), two(text, from + 14), 0);
  if (Number.isNaN(time)) return false;
  minute = text.slice(from, from + 17);
  minuteTime = time;
  return true;
}

/** Between date and time: `T`, `t`, a blank, `_`. */
function parts(code: number): boolean {
  return code === 84 || code === 32 || code === 116 || code === 95;
}

const BASIC = /(\d{8})T(\d\d)(\d\d)(\d\d)/y;

/** ISO 8601 basic form: `20260701T090055Z`. */
export function basicStamp(text: string, from: number, into: Stamp): boolean {
  BASIC.lastIndex = from;
  const found = BASIC.exec(text);
  if (found === null) return false;
  const time = civilTime(Number(found[1]), Number(found[2]), Number(found[3]), Number(found[4]));
  return !Number.isNaN(time) && withFraction(text, BASIC.lastIndex, time, into);
}

/** The fraction of a second and the zone that may follow at `from`; digits beyond the millisecond are cut. */
export function withFraction(text: string, from: number, whole: number, into: Stamp): boolean {
  let at = from;
  let code = text.charCodeAt(at);
  let ms = 0;
  if ((code === 46 || code === 44) && isDigit(text.charCodeAt(at + 1))) {
    at += 1;
    let unit = 100;
    for (code = text.charCodeAt(at); isDigit(code); code = text.charCodeAt(at)) {
      ms += (code - 48) * unit;
      unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
      at += 1;
    }
  }
  if (code === 90) return fill(into, whole + ms, true, at + 1);
  const offset = offsetAfter(text, at, into);
  return fill(into, whole + ms - offset, into.zoned, into.end);
}
