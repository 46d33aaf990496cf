import { isBlank } from '../characters.ts';

const LONGEST_BRACKET = 200;

/** The bracket that closes the one at `at`, if it is close; -1 for none. Brackets within are skipped over. */
export function closing(text: string, at: number): number {
  const opens = text.charCodeAt(at);
  const closes = opens === 40 ? 41 : opens + 2;
  const first = text.indexOf(String.fromCharCode(closes), at);
  const next = text.indexOf(String.fromCharCode(opens), at + 1);
  if (first === -1 || next === -1 || next > first) return first - at > LONGEST_BRACKET ? -1 : first;
  let depth = 0;
  for (let end = at; end < text.length && end <= at + LONGEST_BRACKET; end += 1) {
    const code = text.charCodeAt(end);
    if (code === opens) depth += 1;
    else if (code === closes) depth -= 1;
    if (depth === 0) return end;
  }
  return -1;
}

const NAME = /[\w.$:/@#-]+/y;
const LONGEST_NAME = 200;

/** Where a word of letters, digits and `_.$:/@-#` ends; after 200 of them at the latest. */
export function wordEnd(text: string, at: number): number {
  NAME.lastIndex = at;
  return NAME.test(text) ? Math.min(NAME.lastIndex, at + LONGEST_NAME) : at;
}

/** ` - `, ` : `, ` | `, `|`, or a tab. */
export function isJoin(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 9 || code === 124) return true;
  if (code !== 32) return false;
  let mark = at + 1;
  while (mark < at + 60 && text.charCodeAt(mark) === 32) mark += 1;
  const between = text.charCodeAt(mark);
  if (between === 124) return true;
  if (between !== 45 && between !== 58) return false;
  return isBlank(text.charCodeAt(between === 45 && text.charCodeAt(mark + 1) === 45 ? mark + 2 : mark + 1));
}

/** Past blanks and what separates parts. */
export function skipMarks(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); ; code = text.charCodeAt(at)) {
    const mark = isBlank(code) || code === 124 || code === 44 || code === 58;
    if (!mark && !(code === 45 && isDash(text, at))) return at;
    at += 1;
  }
}

/** A dash, or two, before a blank. */
function isDash(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  return isBlank(next) || (next === 45 && isBlank(text.charCodeAt(at + 2)));
}

/** `a.b`, `a::b`, `a/b.go:12`, `a$b`. */
export const QUALIFIED = /\w(?:\.|::|\/|\$)\w/;
