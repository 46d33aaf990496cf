import type { Exposition } from './exposition.ts';

/** One line of a body, and how far it has been read. */
export interface Scan {
  readonly text: string;
  readonly format: Exposition;
  at: number;
  end: number;
}

export type Label = readonly [name: string, value: string];

const MOST_LABELS = 128;
const LONGEST_NAME = 1024;
const LONGEST_VALUE = 16_384;

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function peek({ text, at, end }: Scan): string {
  return at < end ? text.charAt(at) : '';
}

/** Takes `what` if it comes next. */
export function take(scan: Scan, what: string): boolean {
  if (!scan.text.startsWith(what, scan.at) || scan.at + what.length > scan.end) return false;
  scan.at += what.length;
  return true;
}

export function expect(scan: Scan, what: string): void {
  if (!take(scan, what)) throw new SyntaxError(`expected ${JSON.stringify(what)} at column ${column(scan)}`);
}

/** What stands between two words: one space in OpenMetrics, any blanks in the text format. False for none. */
export function takeGap(scan: Scan): boolean {
  if (scan.format === 'openmetrics') return take(scan, ' ');
  const from = scan.at;
  while (scan.at < scan.end && isBlank(scan.text.charCodeAt(scan.at))) scan.at += 1;
  return scan.at > from;
}

/** Blanks where OpenMetrics allows none. */
export function skipBlanks(scan: Scan): void {
  if (scan.format === 'text') takeGap(scan);
}

/** Everything up to the next blank; '' at the end of the line. */
export function word(scan: Scan): string {
  const from = scan.at;
  while (scan.at < scan.end && !isBlank(scan.text.charCodeAt(scan.at))) scan.at += 1;
  return scan.text.slice(from, scan.at);
}

export function rest(scan: Scan): string {
  const from = scan.at;
  scan.at = scan.end;
  return scan.text.slice(from, scan.end);
}

/** A name: plain, or in quotes with any characters (UTF-8 names of Prometheus 3). */
export function name(scan: Scan, colons: boolean): string {
  if (peek(scan) === '"') {
    const quotedName = quoted(scan, LONGEST_NAME);
    if (quotedName === '') throw new SyntaxError('an empty name');
    return quotedName;
  }
  const from = scan.at;
  while (scan.at < scan.end && isNameChar(scan.text.charCodeAt(scan.at), scan.at > from, colons))
    scan.at += 1;
  if (scan.at === from) throw new SyntaxError(`expected a name at column ${column(scan)}`);
  if (scan.at - from > LONGEST_NAME) throw new SyntaxError(`a name longer than ${LONGEST_NAME} characters`);
  return scan.text.slice(from, scan.at);
}

/**
 * What stands between `{` and `}`, ordered by name. A quoted word without a value is the metric's name; it may come first
 * only. The opening brace is taken already.
 */
export function labels(scan: Scan): { readonly metric: string | null; readonly labels: readonly Label[] } {
  const found: Label[] = [];
  let metric: string | null = null;
  for (let first = true; ; first = false) {
    skipBlanks(scan);
    // A comma may stand before the end in the text format.
    if ((first || scan.format === 'text') && take(scan, '}')) break;
    const isQuoted = peek(scan) === '"';
    const key = name(scan, false);
    skipBlanks(scan);
    if (first && isQuoted && peek(scan) !== '=') metric = key;
    else found.push([key, labelValue(scan)]);
    if (found.length > MOST_LABELS) throw new SyntaxError(`more than ${MOST_LABELS} labels`);
    skipBlanks(scan);
    if (take(scan, '}')) break;
    expect(scan, ',');
  }
  return { metric, labels: ordered(found) };
}

function labelValue(scan: Scan): string {
  expect(scan, '=');
  skipBlanks(scan);
  return quoted(scan, LONGEST_VALUE);
}

function ordered(found: Label[]): readonly Label[] {
  for (let i = 1; i < found.length; i += 1) {
    if ((found[i - 1]?.[0] ?? '') >= (found[i]?.[0] ?? '')) {
      found.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      break;
    }
  }
  const twice = found.find(([key], i) => found[i + 1]?.[0] === key);
  if (twice !== undefined) throw new SyntaxError(`the label ${twice[0]} twice`);
  return found;
}

/** A text in quotes, with `\\`, `\"` and `\n` for what it may not hold. */
function quoted(scan: Scan, longest: number): string {
  expect(scan, '"');
  const { text, end } = scan;
  const from = scan.at;
  let escaped = false;
  for (; scan.at < end; scan.at += 1) {
    const code = text.charCodeAt(scan.at);
    if (code === QUOTE) break;
    if (code !== BACKSLASH) continue;
    escaped = true;
    scan.at += 1;
  }
  if (scan.at >= end) throw new SyntaxError('a text without its closing quote');
  if (scan.at - from > longest) throw new SyntaxError(`a text longer than ${longest} characters`);
  const raw = text.slice(from, scan.at);
  scan.at += 1;
  return escaped ? unescape(raw) : raw;
}

function unescape(raw: string): string {
  return raw.replaceAll(/\\(.)/gs, (_, char: string) => {
    if (char === 'n') return '\n';
    if (char === '"' || char === '\\') return char;
    throw new SyntaxError(`\\${char} is no escape`);
  });
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^[+-]?inf(?:inity)?$/i;
const LONGEST_NUMBER = 64;

export function number(scan: Scan): number {
  const token = word(scan);
  const value = numberOf(token);
  if (value === null) throw new SyntaxError(`${JSON.stringify(token.slice(0, 40))} is no number`);
  return value;
}

/** A number as both formats write it, with `NaN`, `+Inf` and `-Inf`; null for anything else. */
export function numberOf(token: string): number | null {
  if (token.length > LONGEST_NUMBER) return null;
  if (NUMBER.test(token)) return Number(token);
  if (INFINITY.test(token))
    return token.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return token.toLowerCase() === 'nan' ? Number.NaN : null;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function isNameChar(code: number, inside: boolean, colons: boolean): boolean {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) return true;
  if (code === 58) return colons;
  return inside && code >= 48 && code <= 57;
}

function column({ text, at }: Scan): number {
  return at - text.lastIndexOf('\n', at - 1);
}
