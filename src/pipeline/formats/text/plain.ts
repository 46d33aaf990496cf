import { isDigit, isLetter, isSpace } from '../characters.ts';
import { type Context, stamped } from '../context.ts';
import { parseJson } from '../json.ts';
import { parseLogfmt } from '../logfmt.ts';
import type { LineRecord } from '../record.ts';
import { stampAt } from '../time/leading.ts';
import { headFields, measuresIn } from './fields.ts';
import { headAt } from './head.ts';
import { innerStamp } from './inner-stamp.ts';
import { plainLevel } from './plain-level.ts';
import { parseMorgan, requestIn } from './request.ts';

/** Any line: its time, level, logger and thread are read where they are known, the rest is the message. */
export function parsePlain(line: string, context: Context): LineRecord {
  const at = stampEnd(line, context);
  const timestamp = at === 0 || Number.isNaN(context.stamp.time) ? null : stamped(context);
  return (
    inner(line, at, timestamp, context) ??
    withHead(line, at, timestamp, context) ??
    bare(line, at, timestamp, context)
  );
}

/** A record with fields behind a time that its carrier wrote before it. */
function inner(line: string, at: number, timestamp: number | null, context: Context): LineRecord | null {
  if (at === 0) return parseMorgan(line);
  const isJson = line.charCodeAt(at) === 123;
  const record = isJson ? parseJson(line.slice(at), context) : parseLogfmt(line, at, context);
  if (record === null) return null;
  context.format = isJson ? 'json' : 'logfmt';
  return { ...record, timestamp: record.timestamp ?? timestamp };
}

function withHead(line: string, at: number, timestamp: number | null, context: Context): LineRecord | null {
  const head = headAt(line, at);
  const text = head === null ? '' : line.slice(head.end).trim();
  if (head === null || text === '') return null;
  context.format = 'text with level';
  const request = requestIn(text);
  const { message, fields } = request ?? headFields(text, head.thread);
  const named = head.logger === null && head.thread === null ? null : namesOf(head.logger, head.thread);
  return {
    timestamp,
    level: head.level,
    message,
    fields: named === null ? fields : fields === null ? named : { ...named, ...fields },
  };
}

function namesOf(logger: string | null, thread: string | null): Readonly<Record<string, unknown>> {
  if (logger === null) return { thread };
  return thread === null ? { logger } : { logger, thread };
}

function bare(line: string, at: number, timestamp: number | null, context: Context): LineRecord {
  context.format = 'plain text';
  const rest = line.slice(at).trim();
  const told = at === 0 ? null : (requestIn(rest) ?? goPlace(rest));
  const { message, fields } = told ?? { message: rest === '' ? line : rest, fields: measuresIn(rest) };
  return { timestamp, level: plainLevel(rest), message, fields };
}

const GO_PLACE = /^([\w./-]{1,100}\.go:\d{1,6}): /;

/** `main.go:12: message`, of Go's log with `Lshortfile`. */
function goPlace(text: string): Omit<LineRecord, 'timestamp' | 'level'> | null {
  if (!text.includes('.go:')) return null;
  const [place, caller] = GO_PLACE.exec(text) ?? [];
  return place === undefined ? null : { message: text.slice(place.length), fields: { caller } };
}

/** Where the message begins behind a leading time, 0 without one; the time is in the context's stamp, NaN for one without a date. */
function stampEnd(line: string, context: Context): number {
  const { stamp, receivedAt } = context;
  const from = line.charCodeAt(0) === 91 ? 1 : 0;
  if (stampAt(line, from, stamp, receivedAt)) return afterStamp(line, stamp.end);
  const clock = clockEnd(line, from);
  if (clock !== 0) {
    stamp.time = Number.NaN;
    return afterStamp(line, clock);
  }
  return innerStamp(line, context) ? afterStamp(line, stamp.end) : 0;
}

const CLOCK = /\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?=[\s\]])/y;

/** `09:00:55.123`: a time without a date says less than the time at which the line was read. */
function clockEnd(line: string, from: number): number {
  if (line.charCodeAt(from + 2) !== 58) return 0;
  CLOCK.lastIndex = from;
  return CLOCK.test(line) ? CLOCK.lastIndex : 0;
}

/** Longest run of marks that are passed over. */
const MOST_MARKS = 40;

/** Past brackets, blanks, and what else ends a time. */
function afterStamp(line: string, from: number): number {
  let at = from;
  while (at < from + MOST_MARKS && isAfterStamp(line.charCodeAt(at))) at += 1;
  return at;
}

/** One of `]:,|)-`, or a space. */
function isAfterStamp(code: number): boolean {
  if (isLetter(code) || isDigit(code)) return false;
  const isMark = code === 93 || code === 58 || code === 44 || code === 124 || code === 41 || code === 45;
  return isMark || isSpace(code);
}
