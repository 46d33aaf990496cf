import { isDigit, isLetter, isWord } from '../characters.ts';
import { isFields } from '../json.ts';

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

const MEASURES = new Set(['duration', 'latency', 'elapsed', 'response_time', 'took', 'status']);
const UNITS = ['_ms', '_seconds', '_secs'];
/** Most names end in another letter. */
const LASTS = new Set([...MEASURES, ...UNITS].map((name) => name.charCodeAt(name.length - 1)));
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
    const name = measureBefore(text, at);
    if (name === null) continue;
    AMOUNT.lastIndex = at + 1;
    const [, amount, unit] = AMOUNT.exec(text) ?? [];
    if (amount === undefined) continue;
    fields ??= {};
    fields[name] = Number(amount) * (unit === 's' ? 1000 : 1);
  }
  return fields === null ? null : withPlace(fields, text);
}

/** The name of a measure that ends at `end`, else null. */
function measureBefore(text: string, end: number): string | null {
  if (!LASTS.has(text.charCodeAt(end - 1) | 32)) return null;
  let from = end - 1;
  while (from > 0 && from > end - LONGEST_NAME && isWord(text.charCodeAt(from - 1))) from -= 1;
  const name = text.slice(from, end);
  const lower = name.toLowerCase();
  const isUnit = isLetter(name.charCodeAt(0)) && UNITS.some((unit) => lower.endsWith(unit));
  return isUnit || MEASURES.has(lower) ? name : null;
}

function withPlace(fields: Record<string, unknown>, text: string): Fields {
  const [, place = '', value] = PLACE.exec(text.slice(0, LONGEST)) ?? [];
  if (value !== undefined) fields[place] = value;
  return fields;
}
