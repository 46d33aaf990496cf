/** Days from the epoch by date number `yyyymmdd`, since most lines of a log share a day. */
let cachedDate = 0;
let cachedDay = 0;

/**
 * Epoch ms of a civil time taken as UTC; NaN when a part is out of range. `date` is the number `yyyymmdd`, `seconds` may
 * have a fraction.
 */
export function civilTime(date: number, hours: number, minutes: number, seconds: number): number {
  if (!(hours <= 24 && minutes <= 59 && seconds < 61)) return Number.NaN;
  if (date !== cachedDate) {
    const day = dayOf(date);
    if (Number.isNaN(day)) return day;
    cachedDate = date;
    cachedDay = day;
  }
  return cachedDay + hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
}

function dayOf(date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  const valid = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return valid ? Date.UTC(year, month - 1, day) : Number.NaN;
}

const DAY = 86_400_000;

/** A date without a year: the latest that is not after the line was read (a day's grace, since zones differ). NaN as above. */
export function latestCivil(
  month: number,
  day: number,
  time: readonly [hours: number, minutes: number, seconds: number],
  receivedAt: number,
): number {
  const year = yearAt(receivedAt);
  const inYear = (of: number) => civilTime(of * 10_000 + month * 100 + day, ...time);
  const at = inYear(year);
  return at > receivedAt + DAY ? inYear(year - 1) : at;
}

let cachedTime = 0;
let cachedYear = 1970;

/** Lines of a batch were read at one time. */
function yearAt(time: number): number {
  if (time !== cachedTime) {
    cachedTime = time;
    cachedYear = new Date(time).getUTCFullYear();
  }
  return cachedYear;
}

/** Two digits at a place as a number, NaN if they are none. */
export function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
