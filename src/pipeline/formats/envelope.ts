import type { CarriedLine, Labels, Level } from '../../domain/event.ts';
import { withoutEscapes } from './ansi.ts';
import { isDigit, isLetter } from './characters.ts';
import { type Context, contextOf, stamped } from './context.ts';
import { isFields } from './json.ts';
import { syslogHeader } from './text/syslog.ts';
import { isoStamp } from './time/iso.ts';
import { UTC } from './time/zone.ts';

const context = contextOf(UTC);

/**
 * Takes off what a carrier wrapped around a line: Kubernetes (CRI), Docker's json-file, docker compose, kubectl's prefix,
 * syslog, foreman, Heroku. Null for a line that is its writer's own; the first characters tell for nearly all.
 * `receivedAt` (epoch ms) completes dates without a year. Never throws.
 */
export function unwrap(line: string, receivedAt: number): CarriedLine | null {
  context.receivedAt = receivedAt;
  return unwrapWith(line, context);
}

/** As `unwrap`, with the zone of a source. */
export function unwrapWith(line: string, context: Context): CarriedLine | null {
  const code = line.charCodeAt(0);
  if (code === 123) return isDockerFile(line) ? dockerFile(line, context) : null;
  if (isDigit(code)) return timed(line, context);
  if (isLetter(code)) return compose(line) ?? (code < 97 ? syslog(line, context) : null);
  if (code === 60) return syslog(line, context);
  if (code === 91) return kubectl(line);
  return code === 27 ? coloured(line) : null;
}

const NOTHING: Labels = {};

interface Known {
  readonly timestamp?: number | null;
  readonly level?: Level | null;
  readonly partial?: boolean;
  readonly metadata?: Labels;
}

function carried(text: string, lane: string | null, known: Known): CarriedLine {
  const { timestamp = null, level = null, partial = false, metadata = NOTHING } = known;
  return { type: 'line', text, timestamp, level, lane, partial, metadata };
}

/** Told by one character of most JSON lines. */
function isDockerFile(line: string): boolean {
  return line.charCodeAt(3) === 111 && line.startsWith('{"log":"');
}

/** `{"log":"text\n","stream":"stdout","time":"2026-07-01T09:00:55.123456789Z"}`; a part of a line has no line end. */
function dockerFile(line: string, context: Context): CarriedLine | null {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return null; // half a line
  }
  if (!isFields(entry)) return null;
  const { log, stream, time, attrs } = entry;
  if (typeof log !== 'string' || typeof time !== 'string' || (stream !== 'stdout' && stream !== 'stderr'))
    return null;
  const whole = log.endsWith('\n');
  const text = whole ? log.slice(0, log.endsWith('\r\n') ? -2 : -1) : log;
  const timestamp = isoStamp(time, 0, context.stamp) ? stamped(context) : null;
  return carried(text, stream, {
    timestamp,
    partial: !whole,
    metadata: isFields(attrs) ? labelsOf(attrs) : NOTHING,
  });
}

function labelsOf(attrs: Readonly<Record<string, unknown>>): Labels {
  const entries = Object.entries(attrs).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return Object.fromEntries(entries.slice(0, 16));
}

/** Those that begin with a time. */
function timed(line: string, context: Context): CarriedLine | null {
  if (line.charCodeAt(10) === 84) return cri(line, context) ?? heroku(line, context) ?? syslog(line, context);
  return line.charCodeAt(2) === 58 ? foreman(line) : null;
}

const CRI = /(stdout|stderr) ([FP])(?::[A-Z:]{1,16})? /y;

/** `2026-07-01T09:00:55.123456789Z stdout F text`; `P` is a part of a line. */
function cri(line: string, context: Context): CarriedLine | null {
  const blank = line.indexOf(' ', 19);
  if (blank > 36 || line.charCodeAt(blank + 1) !== 115) return null;
  CRI.lastIndex = blank + 1;
  const found = CRI.exec(line);
  if (found === null || !isoStamp(line, 0, context.stamp)) return null;
  const text = line.slice(CRI.lastIndex);
  return carried(text, found[1] ?? null, { timestamp: stamped(context), partial: found[2] === 'P' });
}

const DYNO = / ((?:app|heroku|[a-z][a-z-]{0,40})\[[a-z][\w-]{0,40}(?:\.\d{1,9})?\]): /y;

/** `2026-07-01T09:00:55.123456+00:00 app[web.1]: text`. */
function heroku(line: string, context: Context): CarriedLine | null {
  if (!isoStamp(line, 0, context.stamp)) return null;
  DYNO.lastIndex = context.stamp.end;
  const lane = DYNO.exec(line)?.[1];
  return lane === undefined
    ? null
    : carried(line.slice(DYNO.lastIndex), lane, { timestamp: stamped(context) });
}

const FOREMAN = /\d\d:\d\d:\d\d ([\w-]{1,60}\.\d{1,4}) {1,60}\| /y;

/** `09:00:55 web.1  | text`. */
function foreman(line: string): CarriedLine | null {
  FOREMAN.lastIndex = 0;
  const lane = FOREMAN.exec(line)?.[1];
  return lane === undefined ? null : carried(line.slice(FOREMAN.lastIndex), lane, {});
}

const LONGEST_SERVICE = 80;
const SERVICE = /([A-Za-z][\w.-]{0,77}[-_]\d{1,4}) {1,80}\| ?/y;

/** `web-1  | text`, `project_web_1  | text`: a container's name ends in its number, and nothing else of a log does so before a bar. */
function compose(line: string): CarriedLine | null {
  SERVICE.lastIndex = 0;
  const name = SERVICE.exec(line)?.[1];
  return name === undefined ? null : carried(line.slice(SERVICE.lastIndex), name, {});
}

const KUBECTL = /\[(pod\/[\w.-]{1,253}\/[\w.-]{1,63})\] /y;

/** `[pod/web-5d9c/app] text`, of `kubectl logs --prefix`. */
function kubectl(line: string): CarriedLine | null {
  if (!line.startsWith('[pod/')) return null;
  KUBECTL.lastIndex = 0;
  const lane = KUBECTL.exec(line)?.[1];
  return lane === undefined ? null : carried(line.slice(KUBECTL.lastIndex), lane, {});
}

/** On a terminal, compose and foreman colour their prefix, and reset before the line. */
function coloured(line: string): CarriedLine | null {
  const bar = line.slice(0, LONGEST_SERVICE * 2).indexOf('|');
  if (bar === -1) return null;
  const bare = withoutEscapes(line.slice(0, bar + 1)) + line.slice(bar + 1);
  const next = compose(bare) ?? foreman(bare);
  if (next === null || !next.text.startsWith(RESET)) return next;
  return { ...next, text: next.text.slice(RESET.length).trimStart() };
}

const RESET = '\u001b[0m';

function syslog(line: string, context: Context): CarriedLine | null {
  const header = syslogHeader(line, context);
  if (header === null) return null;
  const { timestamp, level, sender, data } = header;
  const metadata = data === null ? sender.labels : { ...sender.labels, ...data };
  return carried(line.slice(header.end), sender.lane, { timestamp, level, metadata });
}
