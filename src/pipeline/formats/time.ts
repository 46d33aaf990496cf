/** Days from the epoch by date number `yyyymmdd`, since most lines of a log share a day. */
let cachedDate = 0;
let cachedDay = 0;

/** Epoch ms of a civil time in UTC; null when a part is out of range. `month` is 1-based, `seconds` may have a fraction. */
export function civil(
  date: readonly [year: number, month: number, day: number],
  time: readonly [hours: number, minutes: number, seconds: number],
): number | null {
  return civilTime(date[0] * 10_000 + date[1] * 100 + date[2], time[0], time[1], time[2]);
}

function civilTime(date: number, hours: number, minutes: number, seconds: number): number | null {
  if (hours > 24 || minutes > 59 || seconds >= 61) return null;
  if (date !== cachedDate) {
    const day = dayOf(date);
    if (day === null) return null;
    cachedDate = date;
    cachedDay = day;
  }
  return cachedDay + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
}

function dayOf(date: number): number | null {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return Date.UTC(year, month - 1, day);
}

/**
 * Epoch ms of an ISO 8601 time that begins at `from`: `2026-07-01T09:00:55.123Z`, with a blank for `T`, a comma for the
 * point, an offset, or neither (then UTC). Null when there is none. Reads characters only: this is on the way of each line.
 */
export function isoTime(text: string, from = 0): number | null {
  if (text.length < from + 19 || text.charCodeAt(from + 4) !== 45 || text.charCodeAt(from + 13) !== 58)
    return null;
  const year = two(text, from) * 100 + two(text, from + 2);
  const date = year * 10_000 + two(text, from + 5) * 100 + two(text, from + 8);
  const seconds = two(text, from + 17);
  const whole = civilTime(date, two(text, from + 11), two(text, from + 14), seconds);
  if (whole === null || !(whole > Number.NEGATIVE_INFINITY)) return null;
  return withFraction(text, from + 19, whole);
}

/** Two digits as a number, NaN if they are none. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function withFraction(text: string, from: number, whole: number): number {
  let at = from;
  let ms = 0;
  const mark = text.charCodeAt(at);
  if (mark === 46 || mark === 44) {
    at += 1;
    for (let unit = 100; ; at += 1, unit /= 10) {
      const digit = text.charCodeAt(at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      if (unit >= 1) ms += digit * unit;
    }
  }
  return whole + ms - offsetMs(text, at);
}

/** `+02:00`, `-0730`; nothing and `Z` are 0. */
function offsetMs(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign !== 43 && sign !== 45) return 0;
  const hours = two(text, at + 1);
  const minutes = two(text, text.charCodeAt(at + 3) === 58 ? at + 4 : at + 3);
  if (Number.isNaN(hours)) return 0;
  const ms = (hours * 60 + (Number.isNaN(minutes) ? 0 : minutes)) * 60_000;
  return sign === 43 ? ms : -ms;
}

/** Epoch ms of a number that counts seconds, ms, microseconds or nanoseconds since 1970, told apart by its size. */
export function epochTime(value: number): number | null {
  if (!(value > 1e8 && value < 1e20)) return null;
  if (value < 1e11) return value * 1000;
  if (value < 1e14) return value;
  return value < 1e17 ? value / 1000 : value / 1e6;
}

/** Epoch ms of a field's value, number or text; null when it is no time. */
export function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return epochTime(value);
  if (typeof value !== 'string') return null;
  const iso = isoTime(value);
  if (iso !== null) return iso;
  return /^\d{9,19}(\.\d+)?$/.test(value) ? epochTime(Number(value)) : null;
}
