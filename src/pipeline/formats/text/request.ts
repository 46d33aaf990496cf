import type { Context } from '../context.ts';
import { stamped } from '../context.ts';
import type { LineRecord } from '../record.ts';
import { monthStamp } from '../time/months.ts';

/** A request as a log line names it. `path` with its query. */
interface Request {
  readonly method: string;
  readonly path: string;
  /** Position behind the closing quote. */
  readonly end: number;
}

const QUOTED =
  /"(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|CONNECT|TRACE|PROPFIND|REPORT) ([^\s"]{1,8000})(?: HTTP\/[\d.]{1,5})?"/y;

/** `"GET /a?b HTTP/1.1"` that begins at `from`. */
function quotedRequest(text: string, from: number): Request | null {
  QUOTED.lastIndex = from;
  const found = QUOTED.exec(text);
  return found === null ? null : { method: found[1] ?? '', path: found[2] ?? '', end: QUOTED.lastIndex };
}

/** `GET /a`: without the query, which would make each search another message. */
export function requestMessage(method: string, path: string): string {
  const query = path.indexOf('?');
  return `${method} ${query === -1 ? path : path.slice(0, query)}`;
}

/** Client, user and virtual host stand before the time. */
const LONGEST_HEAD = 300;
const AFTER = / (\d{3}) (\d{1,15}|-)/y;

/**
 * Common and Combined Log Format of Apache, nginx and many servers: `1.2.3.4 - frank [01/Jul/2026:09:00:55 +0000]
 * "GET /a HTTP/1.1" 200 2326 "referer" "agent" 0.012`, whose last number, where it has a point, is the request time in
 * seconds. Null when the line is not that.
 */
export function parseAccess(line: string, context: Context): LineRecord | null {
  const bracket = line.indexOf('[');
  if (bracket < 1 || bracket > LONGEST_HEAD || line.charCodeAt(bracket + 3) !== 47) return null;
  if (!monthStamp(line, bracket + 1, context.stamp, context.receivedAt)) return null;
  const { end } = context.stamp;
  if (line.charCodeAt(end) !== 93 || line.charCodeAt(end + 2) !== 34) return null;
  const timestamp = stamped(context);
  const request = quotedRequest(line, end + 2);
  // A broken request (a TLS hello on a plain port) is one message, whatever its bytes.
  const close = request === null ? closingQuote(line, end + 2) : request.end;
  AFTER.lastIndex = close;
  const found = AFTER.exec(line);
  if (found === null) return null;
  const fields: Record<string, unknown> = {
    ...clientOf(line.slice(0, bracket).trimEnd()),
    status: Number(found[1]),
    ...(found[2] === '-' ? {} : { bytes: Number(found[2]) }),
    ...tailOf(line, AFTER.lastIndex),
  };
  if (request === null) return { timestamp, level: null, message: 'malformed request', fields };
  const { method, path } = request;
  return {
    timestamp,
    level: null,
    message: requestMessage(method, path),
    fields: { ...fields, method, path },
  };
}

/** The position behind the quote that closes the one at `from`; the end of the text without one. */
function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 34) return at + 1;
  }
  return text.length;
}

function clientOf(head: string): Record<string, unknown> {
  const words = head.split(' ');
  const user = words.at(-1);
  const client = words.at(-3) ?? words[0];
  return user === undefined || user === '-' || words.length < 3 ? { client } : { client, user };
}

const TIME = / "?(\d{1,6}\.\d{1,9})"?(?= |$)/;

/** ` "referer" "agent"` and what the server's own format adds. */
function tailOf(line: string, from: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  let at = from;
  for (const name of ['referer', 'agent']) {
    if (line.charCodeAt(at) !== 32 || line.charCodeAt(at + 1) !== 34) break;
    const close = closingQuote(line, at + 1);
    const value = line.slice(at + 2, close - 1);
    if (value !== '-' && value !== '') fields[name] = value;
    at = close;
  }
  const seconds = TIME.exec(line.slice(at, at + 200))?.[1];
  if (seconds !== undefined) fields['request_time'] = Number(seconds);
  return fields;
}

/** GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS. */
function isVerb(first: number): boolean {
  return first === 71 || first === 80 || first === 68 || first === 72 || first === 79;
}

const MORGAN =
  /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (\/\S{0,8000}) (\d{3}) (\d{1,9}(?:\.\d{1,9})?) ms - (\d{1,15}|-)$/;

/** `GET /a 200 12.345 ms - 5`, morgan's `dev` format. */
export function parseMorgan(line: string): LineRecord | null {
  if (!isVerb(line.charCodeAt(0))) return null;
  const [, method = '', path = '', status, ms, bytes] = MORGAN.exec(line) ?? [];
  if (status === undefined) return null;
  const size = bytes === '-' ? {} : { bytes: Number(bytes) };
  const fields = { method, path, status: Number(status), response_time_ms: Number(ms), ...size };
  return { timestamp: null, level: null, message: requestMessage(method, path), fields };
}

const STATUS = / (\d{3})(?: (?:OK|[A-Z][A-Za-z ]{1,40}|\d{1,15}|-))?$/y;

/** `1.2.3.4:5 - "GET /a HTTP/1.1" 200 OK` (uvicorn) and `"GET /a HTTP/1.1" 200 12` (Django); null for any other message. */
export function requestIn(message: string): Omit<LineRecord, 'timestamp' | 'level'> | null {
  const quote = message.indexOf('"');
  if (quote === -1 || quote > 60 || (quote > 0 && !message.slice(0, quote).endsWith(' - '))) return null;
  const request = quotedRequest(message, quote);
  if (request === null) return null;
  STATUS.lastIndex = request.end;
  const status = STATUS.exec(message)?.[1];
  if (status === undefined) return null;
  const { method, path } = request;
  return { message: requestMessage(method, path), fields: { method, path, status: Number(status) } };
}
