import type { Level } from '../../domain/event.ts';
import { levelOf } from './level.ts';
import type { LineRecord } from './record.ts';
import { civil, epochTime, isoTime } from './time.ts';

/** Where the leading timestamp ends, and what it says. */
interface Stamp {
  readonly timestamp: number | null;
  readonly end: number;
}

/** Any line: its leading timestamp and level word are read where they are known, the rest is the message. */
export function parsePlain(line: string, receivedAt: number): LineRecord {
  const stamp = stampOf(line, receivedAt);
  const rest = line.slice(stamp.end);
  return {
    timestamp: stamp.timestamp,
    level: plainLevel(rest),
    message: rest.trim(),
    fields: measuresIn(rest),
  };
}

function stampOf(line: string, receivedAt: number): Stamp {
  const first = line.charCodeAt(0) === 91 ? 1 : 0; // [
  const code = line.charCodeAt(first);
  if (code >= 48 && code <= 57) return digitStamp(line, first, receivedAt);
  if (code === 60 || (code >= 65 && code <= 90)) return syslogStamp(line, receivedAt) ?? innerStamp(line);
  return innerStamp(line);
}

/** `2026-07-01 09:00:55,123`, `2026/07/01 09:00:55`, `17/06/09 20:10:40`, `081109 203615`, `03-17 16:13:38.811`. */
function digitStamp(line: string, from: number, receivedAt: number): Stamp {
  const iso = isoTime(line, from);
  if (iso !== null) return { timestamp: iso, end: afterStamp(line, from + 19) };
  return knownStamp(line, from, receivedAt) ?? innerStamp(line);
}

const SLASHED = /(\d{2}|\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})/y;
const COMPACT = /(\d{2})(\d{2})(\d{2}) (\d{2})(\d{2})(\d{2}) /y;
const YEARLESS = /(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)/y;

function knownStamp(line: string, from: number, receivedAt: number): Stamp | null {
  const dated = match(SLASHED, line, from) ?? match(COMPACT, line, from);
  if (dated !== null) {
    const [year, month, day, ...time] = dated.numbers;
    const full = year < 100 ? 2000 + year : year;
    return { timestamp: civil([full, month, day], time), end: afterStamp(line, dated.end) };
  }
  const yearless = match(YEARLESS, line, from);
  if (yearless === null) return null;
  const [month, day, hours, minutes, seconds] = yearless.numbers;
  const timestamp = latest([month, day], [hours, minutes, seconds], receivedAt);
  return { timestamp, end: afterStamp(line, yearless.end) };
}

type Six = readonly [number, number, number, number, number, number];

/** The pattern's groups as numbers; absent ones are NaN. */
function match(
  pattern: RegExp,
  line: string,
  from: number,
): { readonly numbers: Six; readonly end: number } | null {
  pattern.lastIndex = from;
  const found = pattern.exec(line);
  if (found === null) return null;
  const at = (group: number) => Number(found[group]);
  return { numbers: [at(1), at(2), at(3), at(4), at(5), at(6)], end: pattern.lastIndex };
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const SYSLOG = /(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})/y;

/** `Jul  1 09:00:55`, which names no year: the latest that is not after the line was read. */
function syslogStamp(line: string, receivedAt: number): Stamp | null {
  SYSLOG.lastIndex = 0;
  const found = SYSLOG.exec(line);
  if (found === null) return null;
  const month = MONTHS.indexOf(found[1] ?? '?') / 3 + 1;
  const time = [Number(found[3]), Number(found[4]), Number(found[5])] as const;
  return {
    timestamp: latest([month, Number(found[2])], time, receivedAt),
    end: afterStamp(line, SYSLOG.lastIndex),
  };
}

const DAY = 86_400_000;

function latest(
  [month, day]: readonly [number, number],
  time: readonly [number, number, number],
  receivedAt: number,
): number | null {
  const year = new Date(receivedAt).getUTCFullYear();
  const at = civil([year, month, day], time);
  return at !== null && at > receivedAt + DAY ? civil([year - 1, month, day], time) : at;
}

/** A timestamp that a word or a few precede: a file name, a node, an alert label, an epoch. */
const INNER_ISO = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;
const INNER_EPOCH = /(?:^| )(\d{10}(?:\.\d+)?|\d{13})(?= )/;
/** How far into a line it is looked for. */
const PREFIX = 80;

function innerStamp(line: string): Stamp {
  const head = line.length > PREFIX ? line.slice(0, PREFIX) : line;
  const iso = INNER_ISO.exec(head);
  if (iso !== null) return { timestamp: isoTime(line, iso.index), end: afterStamp(line, iso.index + 19) };
  const epoch = INNER_EPOCH.exec(head);
  if (epoch === null) return { timestamp: null, end: 0 };
  return { timestamp: epochTime(Number(epoch[1])), end: epoch.index + epoch[0].length };
}

/** Past fraction, zone, brackets and blanks. */
const AFTER = /(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?[\]\s:,|-]*/y;

function afterStamp(line: string, from: number): number {
  AFTER.lastIndex = from;
  AFTER.test(line);
  return AFTER.lastIndex;
}

/** Upper case anywhere near the beginning, any case in brackets, before a colon, or as the first word. */
const UPPER = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FAILURE|CRITICAL|FATAL|PANIC)\b/;
const MARKED =
  /^\[?(trace|verbose|debug|info|notice|warn|warning|err|error|crit|critical|fatal|emerg|alert|panic)(?:\]|:|,|\s|$)/i;
const BRACKETED =
  /[[<](trace|debug|info|notice|warn|warning|err|error|crit|critical|fatal|emerg|alert)[\]>]/i;
/** An error that is printed without its stack; Android's `1702  2395 D WindowManager:`, and klog's `E0701 `. */
const ERROR_CLASS = /^(?:Uncaught )?(?:[A-Z]\w*)?(?:Error|Exception)\b.*:/;
const LETTER = /^(?:\d+ +\d+ +)?([VDIWEF])(?: |\/|\d{4} )/;

function plainLevel(rest: string): Level | null {
  const head = rest.length > 120 ? rest.slice(0, 120) : rest;
  const found = MARKED.exec(head) ?? UPPER.exec(head) ?? LETTER.exec(head) ?? BRACKETED.exec(head);
  if (found !== null) return levelOf(found[1] ?? '');
  return ERROR_CLASS.test(head) ? 'error' : null;
}

const MEASURE =
  /\b(duration|latency|elapsed|response_time|took|status|[a-z]\w*_(?:ms|seconds|secs))=(\d+(?:\.\d+)?)(ms|s)?\b/gi;
const PLACE = /\b(path|route|endpoint)=(\S+)/i;

/** Durations and statuses that a sentence carries as `name=number`; other numbers in text are not measurements. */
function measuresIn(rest: string): Readonly<Record<string, unknown>> | null {
  if (!rest.includes('=')) return null;
  const fields = new Map<string, unknown>();
  for (const [, name = '', amount, unit] of rest.matchAll(MEASURE)) {
    fields.set(name, Number(amount) * (unit === 's' ? 1000 : 1));
  }
  if (fields.size === 0) return null;
  const [, place = '', value] = PLACE.exec(rest) ?? [];
  if (value !== undefined) fields.set(place, value);
  return Object.fromEntries(fields);
}
