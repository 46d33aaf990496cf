import { type Context } from '../context.ts';
import { levelOf } from '../level.ts';
import { epochStamp, stampAt } from '../time/leading.ts';

/** How far into a line it is looked for. */
const PREFIX = 80;

/**
 * How one may begin: `2026-`, `1/`, `01 Jul `, `1767614400`. A blank, a bracket or a bar stands before it: a date within a word,
 * such as a file's name, is not the line's.
 */
const BEGIN = /[ \t[(|](?:\d{4}[-/]|\d\d?(?:\/| .{3} )|(\d{10}|\d{13})(?!\d))/gs;

/**
 * A timestamp that a word or a few precede: a file name, a node, an alert label, a level. Fills the context's stamp; false for
 * none. An epoch is one only behind what is no word, lest the number of an order becomes a time.
 */
export function innerStamp(line: string, context: Context): boolean {
  const end = Math.min(line.length - 10, PREFIX);
  BEGIN.lastIndex = 0;
  for (let found = BEGIN.exec(line); found !== null; found = BEGIN.exec(line)) {
    const begin = found.index + 1;
    if (begin >= end) return false;
    if (stampsAt(line, begin, found[1] === undefined, context)) return true;
    BEGIN.lastIndex = begin;
  }
  return false;
}

const A_DAY = 86_400_000;

/** `dated`: not an epoch. */
function stampsAt(line: string, at: number, dated: boolean, context: Context): boolean {
  const { stamp, receivedAt } = context;
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
