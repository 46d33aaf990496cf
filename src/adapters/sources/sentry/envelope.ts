const NEWLINE = 10;
const MOST_ITEMS = 1000;

type Fields = Readonly<Record<string, unknown>>;

export interface EnvelopeItem {
  readonly type: string;
  readonly header: Fields;
  readonly payload: Buffer;
}

export interface Envelope {
  readonly header: Fields;
  readonly items: readonly EnvelopeItem[];
}

/**
 * Sentry's envelope: a header line, then items of a header line and a payload, which ends at its `length` or, without
 * one, at the end of its line. What is wrong with it is answered as a sentence that quotes nothing. Never throws.
 */
export function parseEnvelope(bytes: Buffer): Envelope | string {
  const first = lineAt(bytes, 0);
  const header = fieldsOf(first.bytes);
  if (header === null) return 'the first line of an envelope is a JSON object';
  const items: EnvelopeItem[] = [];
  for (let at = first.next; at < bytes.length; ) {
    if (bytes[at] === NEWLINE) {
      at += 1;
      continue;
    }
    if (items.length === MOST_ITEMS) return `an envelope has at most ${MOST_ITEMS} items`;
    const item = itemAt(bytes, at);
    if (item === null)
      return `item ${items.length + 1} needs a header line, a JSON object with its type, and as many bytes as it says`;
    items.push(item);
    at = item.next;
  }
  return { header, items };
}

function itemAt(bytes: Buffer, at: number): (EnvelopeItem & { readonly next: number }) | null {
  const line = lineAt(bytes, at);
  const header = fieldsOf(line.bytes);
  const type = header?.['type'];
  if (header === null || typeof type !== 'string') return null;
  const length = header['length'] ?? null;
  if (length === null) {
    const payload = lineAt(bytes, line.next);
    return { type, header, payload: payload.bytes, next: payload.next };
  }
  if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) return null;
  const end = line.next + length;
  if (end > bytes.length) return null;
  return {
    type,
    header,
    payload: bytes.subarray(line.next, end),
    next: bytes[end] === NEWLINE ? end + 1 : end,
  };
}

function lineAt(bytes: Buffer, from: number): { readonly bytes: Buffer; readonly next: number } {
  const found = bytes.indexOf(NEWLINE, from);
  const end = found < 0 ? bytes.length : found;
  return { bytes: bytes.subarray(from, end), next: end + 1 };
}

function fieldsOf(bytes: Buffer): Fields | null {
  const value = jsonOf(bytes);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** Undefined for what is no JSON. */
export function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
