import { type Context } from '../context.ts';
import { levelOf } from '../level.ts';
import { epochStamp, stampAt } from '../time/leading.ts';
import { isDigit } from './words.ts';

/** How far into a line it is looked for. */
const PREFIX = 80;

/**
 * A timestamp that a word or a few precede: a file name, a node, an alert label, a level. Fills the context's stamp; false for
 * none. An epoch is one only behind what is no word, lest the number of an order becomes a time.
 */
export function innerStamp(line: string, context: Context): boolean {
  const end = Math.min(line.length - 10, PREFIX);
  for (let at = 1; at < end; at += 1) {
    if (!isDigit(line.charCodeAt(at)) || !isBefore(line.charCodeAt(at - 1))) continue;
    const begin = at;
    while (isDigit(line.charCodeAt(at))) at += 1;
    if (mayBegin(line, begin, at) && stampsAt(line, begin, at - begin, context)) return true;
  }
  return false;
}

/** A blank, a bracket, a bar: a date within a word, such as a file's name, is not the line's. */
function isBefore(code: number): boolean {
  return code === 32 || code === 9 || code === 91 || code === 40 || code === 124;
}

/** By the length of the first number and what stands behind it: `2026-`, `1/`, `01 `, `1767614400 `. */
function mayBegin(line: string, begin: number, end: number): boolean {
  const code = line.charCodeAt(end);
  const length = end - begin;
  if (length === 4) return code === 45 || code === 47;
  if (length <= 2) return (code === 32 && line.charCodeAt(end + 4) === 32) || code === 47;
  return length === 10 || length === 13;
}

const A_DAY = 86_400_000;

function stampsAt(line: string, at: number, digits: number, context: Context): boolean {
  const { stamp, receivedAt } = context;
  const dated = digits <= 4;
  const found = dated ? stampAt(line, at, stamp, receivedAt) : epochStamp(line, at, stamp);
  return found && (dated || stamp.time < receivedAt + A_DAY) && leads(line.slice(0, at), dated);
}

const MOST_WORDS = 6;

/** What may stand before a time without being a sentence: one word, or several of which the first is a name, a mark or a level. */
function leads(prefix: string, oneWord: boolean): boolean {
  const words = prefix.trim();
  const blank = words.indexOf(' ');
  if (oneWord && blank === -1) return true;
  const first = blank === -1 ? words : words.slice(0, blank);
  return wordsIn(words) <= MOST_WORDS && (!/^[A-Za-z]*[a-z],?$/.test(first) || levelOf(first) !== null);
}

function wordsIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) {
    if (text.charCodeAt(at - 1) !== 32) count += 1;
  }
  return count;
}
