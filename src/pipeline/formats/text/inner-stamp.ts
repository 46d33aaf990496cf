import { type Context } from '../context.ts';
import { levelOf } from '../level.ts';
import { epochStamp, stampAt } from '../time/leading.ts';

/** How far into a line it is looked for. */
const PREFIX = 80;

/** How one may begin: `2026-`, `1/`, `01 Jul `; `1767614400`, or with ms. */
const DATED = String.raw`\d{4}[-/]|\d\d?(?:\/| .{3} )`;
const EPOCH = String.raw`(?:\d{10}|\d{13})(?!\d)`;
/** A blank, a bracket or a bar stands before it: a date within a word, such as a file's name, is not the line's. */
const BEGIN = new RegExp(String.raw`[ \t[(|](?:${DATED}|(${EPOCH}))`, 'gs');
const DATED_HERE = new RegExp(DATED, 'sy');
const EPOCH_HERE = new RegExp(EPOCH, 'y');

/** What stood before the last one that was found, and its kind: the lines of a log mostly begin alike. */
let before = '- ';
let isDated = false;

/**
 * A timestamp that a word or a few precede: a file name, a node, an alert label, a level. Fills the context's stamp; false for
 * none. An epoch is one only behind what is no word, lest the number of an order becomes a time.
 */
export function innerStamp(line: string, context: Context): boolean {
  const end = Math.min(line.length - 10, PREFIX);
  if (before.length < end && line.startsWith(before) && stampsAgain(line, context)) return true;
  BEGIN.lastIndex = 0;
  for (let found = BEGIN.exec(line); found !== null; found = BEGIN.exec(line)) {
    const begin = found.index + 1;
    if (begin >= end) return false;
    const dated = found[1] === undefined;
    const prefix = line.slice(0, begin);
    if (leads(prefix, dated) && stampsAt(line, begin, dated, context)) {
      before = prefix;
      isDated = dated;
      return true;
    }
    BEGIN.lastIndex = begin;
  }
  return false;
}

/** Is there one where the last one was? */
function stampsAgain(line: string, context: Context): boolean {
  const here = isDated ? DATED_HERE : EPOCH_HERE;
  here.lastIndex = before.length;
  return here.test(line) && stampsAt(line, before.length, isDated, context);
}

const A_DAY = 86_400_000;

/** `dated`: not an epoch. */
function stampsAt(line: string, at: number, dated: boolean, context: Context): boolean {
  const { stamp, receivedAt } = context;
  const found = dated ? stampAt(line, at, stamp, receivedAt) : epochStamp(line, at, stamp);
  return found && (dated || stamp.time < receivedAt + A_DAY);
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
