import { isFields } from '../json.ts';
import { isDigit } from './words.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Told {
  readonly message: string;
  readonly fields: Fields | null;
}

/** The fields that a message carries in itself or behind it, and the message without the latter. */
export function headFields(text: string, thread: string | null): Told {
  const tail = thread?.includes('#') ? nginxTail(text) : jsonTail(text);
  return tail ?? { message: text, fields: measuresIn(text) };
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

const MEASURED =
  /(?:^|\W)(duration|latency|elapsed|response_time|took|status|[a-z]\w{0,60}_(?:ms|seconds|secs))$/i;
const AMOUNT = /(\d{1,15}(?:\.\d{1,15})?)(ms|s)?\b/y;
const PLACE = /\b(path|route|endpoint)=(\S{1,2000})/i;
/** Of a dump only the beginning is looked at. */
const LONGEST = 10_000;
const LONGEST_NAME = 64;

/** Durations and statuses that a sentence carries as `name=number`; other numbers in text are not measurements. */
export function measuresIn(text: string): Fields | null {
  let fields: Record<string, unknown> | null = null;
  for (let at = text.indexOf('='); at !== -1 && at < LONGEST; at = text.indexOf('=', at + 1)) {
    if (!isDigit(text.charCodeAt(at + 1))) continue;
    const name = MEASURED.exec(text.slice(Math.max(0, at - LONGEST_NAME), at))?.[1];
    AMOUNT.lastIndex = at + 1;
    const [, amount, unit] = (name === undefined ? null : AMOUNT.exec(text)) ?? [];
    if (name === undefined || amount === undefined) continue;
    fields ??= {};
    fields[name] = Number(amount) * (unit === 's' ? 1000 : 1);
  }
  return fields === null ? null : withPlace(fields, text);
}

function withPlace(fields: Record<string, unknown>, text: string): Fields {
  const [, place = '', value] = PLACE.exec(text.slice(0, LONGEST)) ?? [];
  if (value !== undefined) fields[place] = value;
  return fields;
}
