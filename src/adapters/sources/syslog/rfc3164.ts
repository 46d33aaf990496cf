import { rfc3339, type SyslogContext, type SyslogHeader } from './header.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const BSD_TIME =
  /^(?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d)(?:\.\d{1,6})? /;
/** `program:` or `program[pid]:`. */
const TAG = /^(?<program>[^\s:[\]]{1,128})(?:\[(?<pid>[^\s[\]]{1,128})\])?(?<colon>:?)(?: |$)/;
const HOST = /^(?<host>\S{1,255})(?: |$)/;

/**
 * What stands behind `<PRI>` by RFC 3164, as it is found: with the BSD timestamp or, as rsyslog has it, an RFC 3339 one; with
 * the host (as relays send it) or without it (as programs write to their own machine). Null when it begins with no
 * timestamp. Linear in its length, never throws.
 */
export function parseRfc3164(rest: string, context: SyslogContext): SyslogHeader | null {
  return parseBsd(rest, context) ?? behindTime(rest, isoTime(rest));
}

/** The same, with the BSD timestamp only. */
export function parseBsd(rest: string, context: SyslogContext): SyslogHeader | null {
  return behindTime(rest, bsdTime(rest, context));
}

function behindTime(rest: string, stamped: Stamped | null): SyslogHeader | null {
  if (stamped === null) return null;
  const { timestamp, end } = stamped;
  const behind = rest.slice(end);
  const own = tagOf(behind);
  if (own !== null) return { timestamp, host: null, msgid: null, data: {}, ...own };
  const host = HOST.exec(behind)?.groups?.['host'] ?? null;
  const message = host === null ? behind : behind.slice(host.length + 1);
  const tag = tagOf(message) ?? { program: null, pid: null, text: message };
  return { timestamp, host, msgid: null, data: {}, ...tag };
}

interface Stamped {
  readonly timestamp: number | null;
  readonly end: number;
}

function isoTime(rest: string): Stamped | null {
  const end = rest.slice(0, 64).indexOf(' ');
  const timestamp = end < 0 ? null : rfc3339(rest.slice(0, end));
  return timestamp === null ? null : { timestamp, end: end + 1 };
}

function bsdTime(rest: string, context: SyslogContext): Stamped | null {
  const found = BSD_TIME.exec(rest);
  const { month, day, hours, minutes, seconds } = found?.groups ?? {};
  if (found === null) return null;
  const date = [MONTHS.indexOf(month ?? ''), Number(day)] as const;
  const time = [Number(hours), Number(minutes), Number(seconds)] as const;
  return { timestamp: nearest(date, time, context), end: found[0].length };
}

/** It names neither year nor zone: that year is meant in which it is nearest to now. */
function nearest(
  [month, day]: readonly [month: number, day: number],
  [hours, minutes, seconds]: readonly [number, number, number],
  { now, utcOffsetMinutes }: SyslogContext,
): number | null {
  if (month < 0 || hours > 23 || minutes > 59 || seconds > 60) return null;
  const year = new Date(now).getUTCFullYear();
  let best: number | null = null;
  for (const candidate of [year - 1, year, year + 1]) {
    const midnight = new Date(Date.UTC(candidate, month, day));
    if (midnight.getUTCMonth() !== month || midnight.getUTCDate() !== day) continue; // 29 February
    const time = midnight.getTime() + ((hours * 60 + minutes - utcOffsetMinutes) * 60 + seconds) * 1000;
    if (best === null || Math.abs(time - now) < Math.abs(best - now)) best = time;
  }
  return best;
}

type Tag = Pick<SyslogHeader, 'program' | 'pid' | 'text'>;

/** A word is a tag only with a colon or a process id behind it: else it is a host, or the message itself. */
function tagOf(text: string): Tag | null {
  const found = TAG.exec(text);
  const { program, pid, colon } = found?.groups ?? {};
  if (found === null || program === undefined || (pid === undefined && colon === '')) return null;
  return { program, pid: pid ?? null, text: text.slice(found[0].length) };
}
