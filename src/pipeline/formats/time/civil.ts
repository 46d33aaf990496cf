/**
 * Epoch ms of a civil time taken as UTC; NaN when a part is out of range. `date` is the number `yyyymmdd`, `seconds` may
 * have a fraction.
 */
export function civilTime(date: number, hours: number, minutes: number, seconds: number): number {
  return dayOf(date) + timeOfDay(hours, minutes, seconds);
}

/** Ms since midnight; NaN as above. */
export function timeOfDay(hours: number, minutes: number, seconds: number): number {
  if (!(hours <= 24 && minutes <= 59 && seconds < 61)) return Number.NaN;
  return hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000);
}

const DAY = 86_400_000;

/** Epoch ms of a day, by counting (the Gregorian year from March on, whose leap day is the last): no Date is made. */
function dayOf(date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  const valid = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!valid) return Number.NaN;
  const years = month > 2 ? year : year - 1;
  const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (years * 365 + leapDays + dayOfYear - TO_1970) * DAY;
}

/** Days from March 1 of the year 0 to the epoch. */
const TO_1970 = 719_468;

/**
 * A date without a year, `time` ms since midnight: the latest that is not after the line was read (a day's grace, since zones
 * differ). NaN as above.
 */
export function latestCivil(month: number, day: number, time: number, receivedAt: number): number {
  const year = yearAt(receivedAt);
  const date = month * 100 + day;
  const at = dayOf(year * 10_000 + date) + time;
  return at > receivedAt + DAY ? dayOf((year - 1) * 10_000 + date) + time : at;
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
