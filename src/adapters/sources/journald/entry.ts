import { z } from 'zod';
import type { CarriedLine, Level } from '../../../domain/event.ts';

/** journalctl writes text as text, and bytes that are no printable UTF-8 as an array of numbers; many of one field as a list. */
const text = z.union([z.string(), z.array(z.number().int().min(0).max(255))]);
const field = z.union([text, z.null(), z.array(z.union([text, z.null()]))]).optional();

const entrySchema = z.object({
  __CURSOR: z.string(),
  __REALTIME_TIMESTAMP: z.string().regex(/^\d{1,17}$/),
  MESSAGE: field,
  PRIORITY: field,
  SYSLOG_IDENTIFIER: field,
  _PID: field,
  _SYSTEMD_UNIT: field,
  _SYSTEMD_USER_UNIT: field,
});

/** The fields that are asked for; journalctl adds cursor and times by itself. */
export const FIELDS = Object.keys(entrySchema.shape).filter((name) => !name.startsWith('__'));

export interface Entry {
  readonly cursor: string;
  /** Its message, line by line; at least one. */
  readonly lines: readonly CarriedLine[];
  /** Lines that were longer than the limit. */
  readonly cut: number;
}

/** A longer line is cut here, in characters. */
const LINE_LIMIT = 1024 * 1024;

/** One line of `journalctl -o json`; null when it is none. */
export function entryOf(json: string): Entry | null {
  const parsed = entrySchema.safeParse(jsonOf(json));
  if (!parsed.success) return null;
  const { data } = parsed;
  const unit = textOf(data._SYSTEMD_USER_UNIT) ?? textOf(data._SYSTEMD_UNIT);
  const identifier = textOf(data.SYSLOG_IDENTIFIER);
  const pid = textOf(data._PID);
  const carried = {
    type: 'line' as const,
    timestamp: Math.floor(Number(data.__REALTIME_TIMESTAMP) / 1000),
    level: levelOf(textOf(data.PRIORITY)),
    lane: laneOf(unit ?? identifier, pid),
    partial: false,
    metadata: labelsOf({ unit, identifier, pid }),
  };
  const lines = linesOf(textOf(data.MESSAGE) ?? '');
  return {
    cursor: data.__CURSOR,
    lines: lines.map((line) => ({ ...carried, text: line.slice(0, LINE_LIMIT) })),
    cut: lines.filter((line) => line.length > LINE_LIMIT).length,
  };
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null; // cut off with its process
  }
}

function linesOf(message: string): readonly string[] {
  const whole = message.endsWith('\n') ? message.slice(0, -1) : message;
  return whole.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

type Field = z.infer<typeof field>;

/** The first value of a field, null for none. */
function textOf(value: Field): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  if (isBytes(value)) return Buffer.from(value).toString('utf8');
  return textOf(value[0]);
}

function isBytes(value: Exclude<Field, string | null | undefined>): value is number[] {
  return typeof value[0] === 'number';
}

/** RFC 5424, table 2. */
const LEVELS: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];

function levelOf(priority: string | null): Level | null {
  return priority === null || priority === '' ? null : (LEVELS[Number(priority)] ?? null);
}

function laneOf(writer: string | null, pid: string | null): string | null {
  if (writer === null) return pid;
  return pid === null ? writer : `${writer}[${pid}]`;
}

function labelsOf(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}
