import type { Level } from '../../domain/event.ts';
import { withoutEscapes } from './ansi.ts';
import type { Context } from './context.ts';
import { levelOf, levelOfNumber, levelOfSeverity } from './level.ts';
import type { LineRecord } from './record.ts';
import { timeOf } from './time/value.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One JSON object a line, as pino, bunyan, winston, structlog and others write it; null when it is none. */
export function parseJson(line: string, context: Context): LineRecord | null {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return null; // half a line, or text that only looks like JSON: the plain format takes it
  }
  return isFields(fields) ? recordOf(fields, context) : null;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a record with fields says, by the names that loggers use; the most common ones first. */
export function recordOf(fields: Fields, context: Context): LineRecord {
  return {
    timestamp: timestampOf(fields, context),
    level: levelIn(fields),
    message: withoutEscapes(messageOf(fields)),
    fields,
  };
}

function timestampOf(fields: Fields, context: Context): number | null {
  const value = fields['time'] ?? fields['timestamp'] ?? fields['ts'] ?? fields['@timestamp'];
  return timeOf(value, context) ?? rareTime(fields, context);
}

/** `@t` Serilog, `timeMillis` log4j2, `asctime` Python, the others by hand-made formatters. */
const RARE_TIMES = [
  'timestamp',
  'ts',
  '@timestamp',
  '@t',
  'datetime',
  'date',
  'timeMillis',
  'asctime',
  'Timestamp',
];

function rareTime(fields: Fields, context: Context): number | null {
  for (const name of RARE_TIMES) {
    const time = timeOf(fields[name], context);
    if (time !== null) return time;
  }
  return nestedTime(fields, context);
}

/** `t: {$date}` MongoDB; `timestamp: {seconds, nanos}` Google; `instant: {epochSecond}` log4j2; `datetime: {date}` Monolog. */
function nestedTime(fields: Fields, context: Context): number | null {
  for (const name of ['t', 'timestamp', 'instant', 'datetime']) {
    const parts = fields[name];
    if (!isFields(parts)) continue;
    const seconds = parts['seconds'] ?? parts['epochSecond'];
    if (typeof seconds !== 'number') return timeOf(parts['$date'] ?? parts['date'], context);
    const nanos = parts['nanos'] ?? parts['nanoOfSecond'];
    return seconds * 1000 + (typeof nanos === 'number' ? Math.floor(nanos / 1e6) : 0);
  }
  return null;
}

function levelIn(fields: Fields): Level | null {
  return levelOfValue(fields['level'] ?? fields['severity']) ?? rareLevel(fields);
}

function levelOfValue(value: unknown): Level | null {
  if (typeof value === 'string') return levelOf(value);
  return typeof value === 'number' ? levelOfNumber(value) : null;
}

/** `level_name` Monolog, `@l` Serilog, `log.level` Elastic, `levelname` Python. */
const RARE_LEVELS = [
  'severity',
  'lvl',
  'levelname',
  'level_name',
  '@l',
  'log.level',
  'loglevel',
  'severity_text',
];

function rareLevel(fields: Fields): Level | null {
  for (const name of RARE_LEVELS) {
    const level = levelOfValue(fields[name]);
    if (level !== null) return level;
  }
  const nested = fields['log'];
  if (isFields(nested) && typeof nested['level'] === 'string') return levelOf(nested['level']);
  return impliedLevel(fields);
}

/** MongoDB's `s` beside `t`; GELF's and journald's numbers; what Serilog (`@t`) leaves out. */
function impliedLevel(fields: Fields): Level | null {
  const { s, level, PRIORITY: priority } = fields;
  if (typeof s === 'string' && isFields(fields['t'])) return levelOf(s.slice(0, 1));
  if (isSeverity(level) && 'short_message' in fields) return levelOfSeverity(Number(level));
  if (isSeverity(priority)) return levelOfSeverity(Number(priority));
  return '@t' in fields && !('@l' in fields) ? 'info' : klogLevel(fields);
}

/** 0 to 7, as number or text. */
function isSeverity(value: unknown): boolean {
  const single = typeof value === 'number' || (typeof value === 'string' && value.length === 1);
  return single && Number(value) >= 0 && Number(value) <= 7;
}

/** klog tells what is told by its verbosity `v`, and errors by `err`. */
function klogLevel({ caller, v, err }: Fields): Level | null {
  if (typeof caller !== 'string') return null;
  return typeof v === 'number' ? 'info' : typeof err === 'string' ? 'error' : null;
}

function messageOf(fields: Fields): string {
  const value = fields['msg'] ?? fields['message'];
  return typeof value === 'string' ? value : rareMessage(fields);
}

/** `event` structlog, `@m` and `@mt` Serilog, `textPayload` Google, `short_message` GELF, `MESSAGE` journald. */
const RARE_MESSAGES = ['event', 'body', '@m', '@mt', 'textPayload', 'short_message', 'MESSAGE', 'log'];

function rareMessage(fields: Fields): string {
  for (const name of RARE_MESSAGES) {
    const value = fields[name];
    if (typeof value === 'string') return value;
  }
  const payload = fields['jsonPayload'];
  if (isFields(payload)) return messageOf(payload);
  const error = fields['err'] ?? fields['error'];
  if (isFields(error) && typeof error['message'] === 'string') return error['message'];
  return typeof error === 'string' ? error : '';
}
