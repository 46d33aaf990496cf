import type { Level } from '../../domain/event.ts';
import { levelOf, levelOfNumber } from './level.ts';
import type { LineRecord } from './record.ts';
import { timeOf } from './time.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One JSON object a line, as pino, bunyan, winston, structlog and others write it; null when it is none. */
export function parseJson(line: string): LineRecord | null {
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return null; // half a line, or text that only looks like JSON: the plain format takes it
  }
  return isFields(fields) ? recordOf(fields) : null;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a record with fields says, by the names that loggers use. */
export function recordOf(fields: Fields): LineRecord {
  return { timestamp: timestampOf(fields), level: jsonLevel(fields), message: messageOf(fields), fields };
}

function timestampOf(fields: Fields): number | null {
  const value = fields['time'] ?? fields['timestamp'] ?? fields['ts'] ?? fields['@timestamp'];
  return value === undefined ? timeOf(fields['date'] ?? fields['datetime']) : timeOf(value);
}

function jsonLevel(fields: Fields): Level | null {
  const value = fields['level'] ?? fields['severity'] ?? fields['lvl'] ?? fields['levelname'];
  if (typeof value === 'string') return levelOf(value);
  if (typeof value === 'number') return levelOfNumber(value);
  const nested = fields['log'];
  return isFields(nested) && typeof nested['level'] === 'string' ? levelOf(nested['level']) : null;
}

function messageOf(fields: Fields): string {
  const value = fields['msg'] ?? fields['message'] ?? fields['event'] ?? fields['body'];
  if (typeof value === 'string') return value;
  const error = fields['err'] ?? fields['error'];
  if (isFields(error) && typeof error['message'] === 'string') return error['message'];
  return typeof error === 'string' ? error : '';
}
