import { type Context, stamped } from '../context.ts';
import { levelOf } from '../level.ts';
import type { LineRecord } from '../record.ts';
import { isoStamp } from '../time/iso.ts';
import { requestMessage } from './request.ts';

const LOGGER = /([DIWEFA]), \[(\S{19,40}) #(\d{1,10})\] {1,4}(\w{3,7}) -- ([^:]{0,100}): ?/y;

/** Ruby's Logger: `E, [2026-07-01T09:00:55.123456 #123] ERROR -- : message`. Null when the line is not that. */
export function parseRuby(line: string, context: Context): LineRecord | null {
  if (line.charCodeAt(1) !== 44 || line.charCodeAt(3) !== 91) return null;
  LOGGER.lastIndex = 0;
  const found = LOGGER.exec(line);
  if (found === null) return null;
  const [, , time = '', thread = '', word = '', program = ''] = found;
  const end = LOGGER.lastIndex;
  const timestamp = isoStamp(time, 0, context.stamp) ? stamped(context) : null;
  const named = program === '' ? { thread } : { thread, logger: program };
  const rest = line.slice(end);
  const rails = parseRails(rest, context);
  // Rails writes what failed at level INFO or FATAL; `ANY` is no level.
  const level = levelOf(word);
  if (rails === null) return { timestamp, level, message: rest.trim(), fields: named };
  return {
    timestamp: timestamp ?? rails.timestamp,
    level,
    message: rails.message,
    fields: { ...named, ...rails.fields },
  };
}

const TAG = /\[([0-9a-f]{8}-[0-9a-f-]{20,30})\] /y;
const STARTED = /Started ([A-Z]{3,10}) "([^"]{1,8000})" for (\S{1,60}) at (.{19,40})$/y;
const COMPLETED = /Completed (\d{3}) ([A-Za-z][A-Za-z' -]{0,60}) in (\d{1,9}(?:\.\d{1,9})?)ms/y;

/**
 * Rails' own lines, perhaps tagged with the request's id: `Started GET "/a" for 127.0.0.1 at 2026-07-01 09:00:55 +0000`,
 * `Completed 500 Internal Server Error in 12ms (Views: 1.0ms)`. Null for any other line without a tag.
 */
export function parseRails(line: string, context: Context): LineRecord | null {
  const first = line.charCodeAt(0);
  if (first !== 91 && first !== 67 && first !== 83) return null;
  TAG.lastIndex = 0;
  const id = first === 91 ? TAG.exec(line)?.[1] : undefined;
  const from = id === undefined ? 0 : TAG.lastIndex;
  const request = id === undefined ? {} : { request_id: id };
  const record = started(line, from, context) ?? completed(line, from);
  if (record !== null) return { ...record, fields: { ...request, ...record.fields } };
  return id === undefined
    ? null
    : { timestamp: null, level: null, message: line.slice(from).trim(), fields: request };
}

function started(line: string, from: number, context: Context): LineRecord | null {
  if (!line.startsWith('Started ', from)) return null;
  STARTED.lastIndex = from;
  const [, method = '', path = '', client, time] = STARTED.exec(line) ?? [];
  if (time === undefined) return null;
  const timestamp = isoStamp(time, 0, context.stamp) ? stamped(context) : null;
  const message = `Started ${requestMessage(method, path)}`;
  return { timestamp, level: null, message, fields: { method, path, client } };
}

function completed(line: string, from: number): LineRecord | null {
  if (!line.startsWith('Completed ', from)) return null;
  COMPLETED.lastIndex = from;
  const [, status, words = '', ms] = COMPLETED.exec(line) ?? [];
  if (status === undefined) return null;
  const fields = { status: Number(status), duration_ms: Number(ms) };
  return { timestamp: null, level: null, message: `Completed ${status} ${words}`, fields };
}
