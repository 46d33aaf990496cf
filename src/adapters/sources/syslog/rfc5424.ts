import { rfc3339, type SyslogHeader } from './header.ts';

/** `VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP`, a little more generous than section 6 in length. */
const HEADER =
  /^1 (?<time>\S{1,64}) (?<host>\S{1,255}) (?<program>\S{1,128}) (?<pid>\S{1,128}) (?<msgid>\S{1,64}) /;
const NIL = '-';

const MOST_PARAMS = 32;
const LONGEST_NAME = 65;
const LONGEST_VALUE = 500;

/** What stands behind `<PRI>` by RFC 5424; null when it does not follow it. Linear in its length, never throws. */
export function parseRfc5424(rest: string): SyslogHeader | null {
  const found = HEADER.exec(rest);
  const { time, host, program, pid, msgid } = found?.groups ?? {};
  if (found === null) return null;
  const from = found[0].length;
  const { data, end } = structuredData(rest, from) ?? { data: {}, end: from };
  const message = rest.slice(rest[end] === ' ' ? end + 1 : end);
  return {
    timestamp: rfc3339(time ?? NIL),
    host: valueOf(host),
    program: valueOf(program),
    pid: valueOf(pid),
    msgid: valueOf(msgid),
    data,
    // Some say all they have to say in structured data.
    text: message === '' && end > from + 1 ? rest.slice(from, end) : bare(message),
  };
}

/** Without a byte order mark, and without the blank that rsyslog leaves of the RFC 3164 message it was. */
function bare(message: string): string {
  return /^(?:\ufeff| (?! ))/.test(message) ? message.slice(1) : message;
}

function valueOf(field: string | undefined): string | null {
  return field === undefined || field === NIL ? null : field;
}

interface StructuredData {
  readonly data: Readonly<Record<string, string>>;
  /** Where it ends. */
  readonly end: number;
}

/** `-` or `[id name="value" ...]...` at `from`; null when it is neither: then it belongs to the message. */
function structuredData(text: string, from: number): StructuredData | null {
  if (text[from] === NIL) return { data: {}, end: from + 1 };
  const params = new Map<string, string>();
  let at = from;
  while (text[at] === '[') {
    const end = element(text, at + 1, params);
    if (end === null) return null;
    at = end;
  }
  return at === from ? null : { data: Object.fromEntries(params), end: at };
}

const NAME_END = /[ =\]"]/g;

/** One element behind its `[`; answers where the next thing begins. */
function element(text: string, from: number, params: Map<string, string>): number | null {
  const id = nameAt(text, from);
  if (id === null) return null;
  let at = from + id.length;
  while (text[at] === ' ') {
    const name = nameAt(text, at + 1);
    if (name === null) return null;
    const open = at + 1 + name.length;
    if (text[open] !== '=' || text[open + 1] !== '"') return null;
    const close = closingQuote(text, open + 2);
    if (close === null) return null;
    if (params.size < MOST_PARAMS) params.set(`${id}.${name}`, unescaped(text.slice(open + 2, close)));
    at = close + 1;
  }
  return text[at] === ']' ? at + 1 : null;
}

function nameAt(text: string, from: number): string | null {
  NAME_END.lastIndex = from;
  const end = NAME_END.exec(text.slice(0, from + LONGEST_NAME))?.index ?? from;
  return end === from ? null : text.slice(from, end);
}

function closingQuote(text: string, from: number): number | null {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return null;
}

/** `\"`, `\\` and `\]` are one character each; a backslash before another stands for itself. */
function unescaped(value: string): string {
  return value
    .slice(0, 2 * LONGEST_VALUE)
    .replaceAll(/\\(["\\\]])/g, '$1')
    .slice(0, LONGEST_VALUE);
}
