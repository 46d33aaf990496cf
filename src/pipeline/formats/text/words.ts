import type { Level } from '../../../domain/event.ts';
import { isBlank, isLetter } from '../characters.ts';
import { levelOf } from '../level.ts';

/** Words that stand before a message as its level. Others of `levelOf` are too common as words. */
const CERTAIN =
  'trace trc verbose vrb debug dbg info inf information notice warn warning wrn error err severe failure fatal ftl critical crit alert emerg emergency panic';
/** These only before a mark. */
const MARKED = 'log fine finer finest config success';

interface Word {
  readonly name: string;
  readonly level: Level;
  /** Sure to be a level without a mark behind it. */
  readonly certain: boolean;
}

const WORDS = new Map<string, Word>();
for (const words of [CERTAIN, MARKED]) {
  for (const word of words.split(' ')) {
    const level = levelOf(word);
    if (level === null) continue;
    const upper = word.toUpperCase();
    for (const name of [upper, word, upper.charAt(0) + word.slice(1)]) {
      WORDS.set(name, { name, level, certain: name === upper && words === CERTAIN });
    }
  }
}

export interface LevelWord {
  readonly level: Level;
  /** Position behind it. */
  readonly end: number;
}

/** One of them as a whole word, longest first. */
const ANY = new RegExp(
  `(?:${[...WORDS.keys()].sort((a, b) => b.length - a.length).join('|')})(?![A-Za-z])`,
  'y',
);

/**
 * The level word that begins at `at` and does not belong to the message: in upper case, or before a mark or two blanks.
 * `Error: x` is not one, but an exception's name.
 */
export function levelWordAt(text: string, at: number): LevelWord | null {
  ANY.lastIndex = at;
  if (!ANY.test(text)) return null;
  const end = ANY.lastIndex;
  const word = wordAt(text, at, end);
  if (word === undefined) return null;
  const code = text.charCodeAt(end);
  const ends = isMark(text, end) || (word.certain && isEnd(code));
  return !ends || (word.name === 'Error' && code === 58) ? null : { level: word.level, end };
}

/** Most lines name the level that the line before named. */
let last: Word | undefined;

function wordAt(text: string, at: number, end: number): Word | undefined {
  if (last?.name.length !== end - at || !text.startsWith(last.name, at))
    last = WORDS.get(text.slice(at, end));
  return last;
}

/** `error`, `core:error` of Apache; null for any other text between brackets. */
export function levelInBrackets(content: string): Level | null {
  if (content.length > 40) return null;
  const colon = content.lastIndexOf(':');
  const word = content.slice(colon + 1).trim();
  return isLetters(word) && word.length >= 3 ? levelOf(word) : null;
}

/** Colon, bar, bracket, tab, or a blank before another or a bracket. */
function isMark(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 32) return code === 58 || code === 124 || code === 93 || code === 9;
  const next = text.charCodeAt(at + 1);
  return next === 91 || isBlank(next);
}

function isEnd(code: number): boolean {
  return Number.isNaN(code) || isBlank(code) || code === 47 || code === 44;
}

function isLetters(word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (!isLetter(word.charCodeAt(i))) return false;
  return word !== '';
}
