import type { Level } from '../../../domain/event.ts';
import { type Context, stamped } from '../context.ts';
import { levelOfSeverity } from '../level.ts';
import { isoStamp } from '../time/iso.ts';
import { monthStamp } from '../time/months.ts';
import { NOBODY, type Sender, senderAt, senderOf, tagAt } from './sender.ts';

/** The header of a syslog message; what it does not carry is null. */
export interface SyslogHeader {
  /** Epoch ms. */
  readonly timestamp: number | null;
  readonly level: Level | null;
  readonly sender: Sender;
  /** Structured data, `id.name` to value. */
  readonly data: Readonly<Record<string, string>> | null;
  /** Where the message begins. */
  readonly end: number;
}

const PRI = /<(\d{1,3})>/y;

/** The header of RFC 5424, of RFC 3164, or of rsyslog's files (RFC 3339 time, host, program); null when there is none. */
export function syslogHeader(line: string, context: Context): SyslogHeader | null {
  const level = priorityOf(line);
  const from = level === null ? 0 : PRI.lastIndex;
  if (level !== null && line.charCodeAt(from) === 49 && line.charCodeAt(from + 1) === 32) {
    return header5424(line, from + 2, level, context);
  }
  return header3164(line, from, level, context);
}

function priorityOf(line: string): Level | null {
  if (line.charCodeAt(0) !== 60) return null;
  PRI.lastIndex = 0;
  const value = Number(PRI.exec(line)?.[1] ?? 999);
  return value > 191 ? null : levelOfSeverity(value);
}

/** TIMESTAMP HOSTNAME APP-NAME PROCID MSGID; structured data, or `-` for none, follows. */
const FIELDS_5424 = /(\S{1,64}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (?:\S{1,32}) (?=[-[])/y;

function header5424(line: string, from: number, level: Level, context: Context): SyslogHeader | null {
  FIELDS_5424.lastIndex = from;
  const found = FIELDS_5424.exec(line);
  if (found === null) return null;
  const dated = isoStamp(found[1] ?? '', 0, context.stamp);
  const timestamp = dated ? stamped(context) : null;
  const dataAt = FIELDS_5424.lastIndex;
  const data: Record<string, string> = {};
  const end = line.charCodeAt(dataAt) === 91 ? readData(line, dataAt, data) : dataAt + 1;
  return {
    timestamp,
    level,
    sender: senderOf(given(found[2]), given(found[3]), given(found[4])),
    data: Object.keys(data).length === 0 ? null : data,
    end: afterBom(line, line.charCodeAt(end) === 32 ? end + 1 : end),
  };
}

function given(word: string | undefined): string | null {
  return word === undefined || word === '-' ? null : word;
}

function afterBom(line: string, at: number): number {
  return line.charCodeAt(at) === 0xfeff ? at + 1 : at;
}

const ELEMENT = /\[([^\s=\]"]{1,32})/y;
const PARAM = / ([^\s=\]"]{1,32})="((?:[^"\\]|\\.){0,1000})"/y;
const MOST_PARAMS = 32;

/** `[id name="value" ...][...]` (RFC 5424, 6.3); where it ends. */
function readData(line: string, from: number, into: Record<string, string>): number {
  let at = from;
  for (let params = 0; line.charCodeAt(at) === 91; at += 1) {
    ELEMENT.lastIndex = at;
    const id = ELEMENT.exec(line)?.[1];
    if (id === undefined) return at;
    at = ELEMENT.lastIndex;
    for (; params < MOST_PARAMS; params += 1) {
      PARAM.lastIndex = at;
      const [, name, value = ''] = PARAM.exec(line) ?? [];
      if (name === undefined) break;
      into[`${id}.${name}`] = value.replaceAll(/\\(["\\\]])/g, '$1');
      at = PARAM.lastIndex;
    }
    if (line.charCodeAt(at) !== 93) return at;
  }
  return at;
}

function header3164(line: string, from: number, level: Level | null, context: Context): SyslogHeader | null {
  const { stamp } = context;
  const code = line.charCodeAt(from);
  const named = code >= 65 && code <= 90;
  const dated = named ? monthStamp(line, from, stamp, context.receivedAt) : rsyslogStamp(line, from, context);
  if (!dated) return level === null ? null : bareHeader(line, from, level);
  if (line.charCodeAt(stamp.end) !== 32) return null;
  const found = senderAt(line, stamp.end + 1, level !== null);
  if (found === null) return null;
  const { sender, end } = found;
  // A time of ISO form begins ordinary lines too: only a pid, or the kernel, tells that this is syslog's.
  const sure = named || level !== null || sender.pid !== null || sender.program === 'kernel';
  return sure ? { timestamp: stamped(context), level, sender, data: null, end } : null;
}

/** `2026-07-01T09:00:55.123456+02:00`: RSYSLOG_FileFormat, the default of many distributions, writes exactly this. */
function rsyslogStamp(line: string, from: number, { stamp }: Context): boolean {
  const exact = line.charCodeAt(from + 10) === 84 && line.charCodeAt(from + 19) === 46;
  return exact && isoStamp(line, from, stamp) && stamp.end === from + 32;
}

/** `<3>text`: what a program hands to journald or to the local socket. */
function bareHeader(line: string, from: number, level: Level): SyslogHeader {
  const { sender, end } = tagAt(line, from, null) ?? { sender: NOBODY, end: from };
  return { timestamp: null, level, sender, data: null, end };
}
