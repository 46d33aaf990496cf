import type { CarriedLine, Labels, Level } from '../../../domain/event.ts';
import type { SyslogContext, SyslogHeader } from './header.ts';
import { parseBsd, parseRfc3164 } from './rfc3164.ts';
import { parseRfc5424 } from './rfc5424.ts';

/** By severity, RFC 5424 table 2: emergency, alert, critical, error, warning, notice, informational, debug. */
const LEVELS: readonly Level[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
/** By facility, table 1, in the words of syslog.conf. */
const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit console clock local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const PRI = /^<(?<value>0|[1-9]\d{0,2})>/;
const HIGHEST_PRI = 191;

/**
 * The lines of one syslog message by RFC 5424 or RFC 3164: the program's own text, with what the header says beside it.
 * Text that follows neither is kept as it is. Linear in its length, never throws.
 */
export function syslogLines(message: string, context: SyslogContext): readonly CarriedLine[] {
  const priority = priorityOf(message);
  const header = headerOf(message.slice(priority?.length ?? 0), priority !== null, context);
  const line = {
    type: 'line',
    timestamp: header.timestamp,
    level: priority?.level ?? null,
    lane: laneOf(header, context.peer),
    partial: false,
    metadata: metadataOf(header, priority?.facility ?? null),
  } as const;
  return linesOf(header.text).map((text) => ({ ...line, text }));
}

interface Priority {
  readonly level: Level | null;
  readonly facility: string | null;
  /** Of `<PRI>`. */
  readonly length: number;
}

function priorityOf(message: string): Priority | null {
  const found = PRI.exec(message);
  if (found === null) return null;
  const value = Number(found.groups?.['value']);
  if (value > HIGHEST_PRI) return null;
  return {
    level: LEVELS[value % 8] ?? null,
    facility: FACILITIES[value >> 3] ?? null,
    length: found[0].length,
  };
}

/** Without a priority only the BSD timestamp tells syslog from the program's own text. */
function headerOf(rest: string, prioritized: boolean, context: SyslogContext): SyslogHeader {
  const headed = prioritized ? (parseRfc5424(rest) ?? parseRfc3164(rest, context)) : parseBsd(rest, context);
  return headed ?? headless(rest);
}

function headless(text: string): SyslogHeader {
  return { timestamp: null, host: null, program: null, pid: null, msgid: null, data: {}, text };
}

/** One writer: what tells its lines from those of others. */
function laneOf({ host, program, pid }: SyslogHeader, peer: string): string {
  return program === null
    ? (host ?? peer)
    : `${host ?? peer.slice(0, peer.lastIndexOf(':'))} ${program}[${pid ?? ''}]`;
}

function metadataOf({ host, program, pid, msgid, data }: SyslogHeader, facility: string | null): Labels {
  const labels: Record<string, string> = { ...data };
  if (host !== null) labels['host'] = host;
  if (program !== null) labels['program'] = program;
  if (pid !== null) labels['pid'] = pid;
  if (msgid !== null) labels['msgid'] = msgid;
  if (facility !== null) labels['facility'] = facility;
  return labels;
}

/** rsyslog writes a line end inside of a message as `#012` and a tab as `#011`: a trace, if what follows is indented. */
const ESCAPED_TRACE = /#012(?= |#011)/;

function linesOf(text: string): readonly string[] {
  const plain = ESCAPED_TRACE.test(text) ? text.replaceAll('#012', '\n').replaceAll('#011', '\t') : text;
  if (!plain.includes('\n')) return plain === '' ? [] : [withoutReturn(plain)];
  return plain
    .split('\n')
    .map(withoutReturn)
    .filter((line) => line !== '');
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
