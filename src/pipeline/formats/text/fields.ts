import { isFields } from '../json.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Told {
  readonly message: string;
  readonly fields: Fields | null;
}

/** The fields that a message carries in itself or behind it, and the message without the latter. */
export function headFields(text: string): Told {
  return nginxTail(text) ?? jsonTail(text) ?? { message: text, fields: measuresIn(text) };
}

const TAIL = ', client: ';
const PAIR = /, (client|server|request|upstream|host|referrer): ("[^"]{0,8000}"|[^,]{0,200})/y;

/** nginx: `open() "/a" failed (2: No such file), client: 1.2.3.4, server: _, request: "GET /a HTTP/1.1", host: "x"`. */
function nginxTail(text: string): Told | null {
  const from = text.indexOf(TAIL);
  if (from === -1) return null;
  const fields: Record<string, unknown> = {};
  for (let at = from; ; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const [, name, value = ''] = PAIR.exec(text) ?? [];
    if (name === undefined) break;
    fields[name] = value.startsWith('"') ? value.slice(1, -1) : value;
  }
  return { message: text.slice(0, from), fields };
}

/** zap's console: `listening<tab>{"port": 80}`. */
function jsonTail(text: string): Told | null {
  if (!text.endsWith('}')) return null;
  const from = text.indexOf('\t{');
  if (from === -1) return null;
  try {
    const fields: unknown = JSON.parse(text.slice(from + 1));
    return isFields(fields) ? { message: text.slice(0, from).trim(), fields } : null;
  } catch {
    return null; // only looks like it
  }
}

const MEASURE =
  /\b(duration|latency|elapsed|response_time|took|status|[a-z]\w{0,60}_(?:ms|seconds|secs))=(\d{1,15}(?:\.\d{1,15})?)(ms|s)?\b/gi;
const PLACE = /\b(path|route|endpoint)=(\S{1,2000})/i;
/** Of a dump only the beginning is looked at. */
const LONGEST = 10_000;

/** Durations and statuses that a sentence carries as `name=number`; other numbers in text are not measurements. */
export function measuresIn(text: string): Fields | null {
  if (!text.includes('=')) return null;
  const rest = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const fields: Record<string, unknown> = {};
  let found = false;
  for (const [, name = '', amount, unit] of rest.matchAll(MEASURE)) {
    fields[name] = Number(amount) * (unit === 's' ? 1000 : 1);
    found = true;
  }
  if (!found) return null;
  const [, place = '', value] = PLACE.exec(rest) ?? [];
  if (value !== undefined) fields[place] = value;
  return fields;
}
