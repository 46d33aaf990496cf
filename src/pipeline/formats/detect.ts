import { withoutColours } from './ansi.ts';
import { isLetter } from './characters.ts';
import { type Context, contextOf, type FormatName } from './context.ts';
import { parseJson } from './json.ts';
import { parseLogfmt } from './logfmt.ts';
import type { LineRecord } from './record.ts';
import { parseKlog } from './text/klog.ts';
import { parsePlain } from './text/plain.ts';
import { parseAccess } from './text/request.ts';
import { parseRails, parseRuby } from './text/ruby.ts';
import { syslogHeader } from './text/syslog.ts';
import { UTC } from './time/zone.ts';

const context = contextOf(UTC);

/**
 * Reads a line of no source in particular: times without a zone are UTC. `receivedAt` (epoch ms) completes dates without a
 * year. Never throws.
 */
export function parseLine(line: string, receivedAt: number): LineRecord {
  context.receivedAt = receivedAt;
  return readLine(line, context);
}

/**
 * Reads a line in the format it is in. Each line tells by itself, so that a stream may mix them (a JSON logger and the
 * runtime's own dump); its first characters decide what is tried. Never throws.
 */
export function readLine(line: string, context: Context): LineRecord {
  if (line.charCodeAt(0) === 123) {
    const record = parseJson(line, context);
    if (record !== null) return as('json', record, context);
  }
  const text = withoutColours(line);
  return carried(text, context) ?? readText(text, context);
}

function as<T extends LineRecord | null>(name: FormatName, record: T, context: Context): T {
  if (record !== null) context.format = name;
  return record;
}

/** A syslog line: its header, and the message in whatever format that is. */
function carried(text: string, context: Context): LineRecord | null {
  const header = syslogHeader(text, context);
  if (header === null) return null;
  const { level, data } = header;
  const record = readText(text.slice(header.end), context);
  const { host, program, pid } = header.sender;
  const named = { ...(host && { host }), ...(program && { program }), ...(pid && { pid }) };
  const fields = { ...named, ...data, ...record.fields };
  return as(
    'syslog',
    {
      timestamp: header.timestamp ?? record.timestamp,
      level: record.level ?? level,
      message: record.message,
      fields: Object.keys(fields).length === 0 ? null : fields,
    },
    context,
  );
}

function readText(text: string, context: Context): LineRecord {
  const code = text.charCodeAt(0);
  const record =
    code === 123 ? as('json', parseJson(text, context), context) : structured(text, code, context);
  return record ?? parsePlain(text, context);
}

function structured(text: string, code: number, context: Context): LineRecord | null {
  if (isLetter(code)) {
    const record = lettered(text, context);
    if (record !== null) return record;
  }
  if (code === 91) return as('rails', parseRails(text, context), context);
  return as('access log', parseAccess(text, context), context);
}

function lettered(text: string, context: Context): LineRecord | null {
  return (
    as('logfmt', parseLogfmt(text, 0, context), context) ??
    as('klog', parseKlog(text, context), context) ??
    as('ruby logger', parseRuby(text, context), context) ??
    as('rails', parseRails(text, context), context)
  );
}
