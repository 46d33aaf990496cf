import type { Level } from '../../../domain/event.ts';
import { isBlank, isDigit, isLetter, levelInBrackets, levelWordAt } from './words.ts';

/** What loggers write between the time and the message. */
export interface Head {
  level: Level | null;
  /** Name of the logger, component or source line. */
  logger: string | null;
  /** Thread, process or request: what tells writers apart, and would split templates. */
  thread: string | null;
  /** Where the message begins. */
  end: number;
}

/** Parts before the level: pids, a thread, a name, a request's id. */
const MOST_PARTS = 5;

/**
 * Reads the head of a line of Log4j, Logback, Spring Boot, Python's logging, loguru, zap, nginx, Apache, PostgreSQL, MySQL,
 * Android and others, from `from` (behind the time) on. They differ in order and marks, and agree in that a level stands
 * there: without one before the message this is no head, and the answer is null. Looks at each character once.
 */
export function headAt(text: string, from: number): Head | null {
  const head: Head = { level: null, logger: null, thread: null, end: from };
  let at = from;
  for (let part = 0; part < MOST_PARTS; part += 1) {
    at = partBefore(text, skipMarks(text, at), head);
    if (at === -1) return null;
    if (head.level !== null) return readRest(text, at, head);
  }
  return null;
}

/** Takes in one part before the level; where it ends, -1 when it is none of a head. */
function partBefore(text: string, at: number, head: Head): number {
  const code = text.charCodeAt(at);
  if (code === 91 || code === 40 || code === 60) return bracketBefore(text, at, head);
  if (isDigit(code)) return numberBefore(text, at, head);
  const word = levelWordAt(text, at) ?? (head.thread === null ? null : letterAt(text, at));
  if (word === null) return nameBefore(text, at, head);
  head.level = word.level;
  return word.end;
}

const LETTERS = 'VDIWEFA';
const LETTER_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'fatal'] as const;

/** Android's `1702  2395 D WindowManager:`. */
function letterAt(text: string, at: number): { readonly level: Level; readonly end: number } | null {
  const level = LETTER_LEVELS[LETTERS.indexOf(text.charAt(at))];
  return level === undefined || text.charCodeAt(at + 1) !== 32 ? null : { level, end: at + 1 };
}

const LONGEST_BRACKET = 200;

function bracketBefore(text: string, at: number, head: Head): number {
  const close = closing(text, at);
  if (close === -1) return -1;
  const content = text.slice(at + 1, close).trim();
  head.level = levelInBrackets(content);
  if (head.level === null) head.thread ??= content;
  return close + 1;
}

/** The bracket that closes the one at `at`, if it is close; -1 for none. Brackets within are skipped over. */
function closing(text: string, at: number): number {
  const opens = text.charCodeAt(at);
  const closes = opens === 40 ? 41 : opens + 2;
  let depth = 0;
  for (let end = at; end < text.length && end <= at + LONGEST_BRACKET; end += 1) {
    const code = text.charCodeAt(end);
    if (code === opens) depth += 1;
    else if (code === closes) depth -= 1;
    if (depth === 0) return end;
  }
  return -1;
}

/** A pid or thread id, and the `#0: ` behind it. */
function numberBefore(text: string, at: number, head: Head): number {
  const end = wordEnd(text, at);
  const plain = end - at <= 36 && (isBlank(text.charCodeAt(end)) || isJoin(text, end));
  if (!plain || !ID.test(text.slice(at, end))) return -1;
  head.thread ??= text.slice(at, end);
  return end;
}

/** A number, or the id of a request. */
const ID = /^(?:\d{1,10}|[0-9a-f-]{16,36})$/;

/** `name - `, `name | `, `name<tab>`, `user@database `, and the `production.` of Laravel's `production.ERROR: `. */
function nameBefore(text: string, at: number, head: Head): number {
  const end = wordEnd(text, at);
  if (end === at) return -1;
  const name = text.slice(at, end);
  const dot = name.lastIndexOf('.');
  const level = dot === -1 || text.charCodeAt(end - 1) !== 58 ? null : levelWordAt(text, at + dot + 1);
  if (level !== null) {
    head.level = level.level;
    head.logger = name.slice(0, dot);
    return level.end;
  }
  if (!isJoin(text, end) && !isColumn(text, end, head, name)) return -1;
  if (ID.test(name)) head.thread ??= name;
  else head.logger ??= name;
  return end;
}

/** `user@database `, and `shop.cart ERROR`. */
function isColumn(text: string, end: number, head: Head, name: string): boolean {
  if (!isBlank(text.charCodeAt(end))) return false;
  const sure = head.thread !== null || QUALIFIED.test(name);
  return name.includes('@') || (sure && levelWordAt(text, end + 1) !== null);
}

const LONGEST_NAME = 200;

/** Where a word of letters, digits and `_.$:/@-#<>` ends. */
function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < at + LONGEST_NAME && isNameCode(text.charCodeAt(end))) end += 1;
  return end;
}

function isNameCode(code: number): boolean {
  return (
    isLetter(code) || (code >= 45 && code <= 58) || code === 95 || code === 36 || code === 64 || code === 35
  );
}

/** ` - `, ` : `, ` | `, `|`, or a tab. */
function isJoin(text: string, at: number): boolean {
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
function skipMarks(text: string, from: number): number {
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

/** Behind the level: what closes its bracket, then pid, threads and the logger in any order. */
function readRest(text: string, from: number, head: Head): Head {
  let at = afterLevel(text, from, head);
  const spread = at - from > 1 && isBlank(text.charCodeAt(from));
  for (let part = 0; part < MOST_PARTS; part += 1) {
    const next = partAfter(text, at, head, spread);
    if (next === -1) break;
    at = next;
  }
  head.end = at;
  return head;
}

const BASIC = /:([\w.-]{1,100}):(?=[^\s])/y;

/** `/ForkPoolWorker-1]` of celery, `:name:` of Python's basicConfig, else marks. */
function afterLevel(text: string, at: number, head: Head): number {
  const code = text.charCodeAt(at);
  if (code === 47) {
    const close = text.slice(at, at + 80).indexOf(']');
    if (close === -1) return at;
    head.thread = text.slice(at + 1, at + close);
    return skipMarks(text, at + close + 1);
  }
  if (code === 58 && head.logger === null) {
    BASIC.lastIndex = at;
    const name = BASIC.exec(text)?.[1];
    if (name !== undefined) {
      head.logger = name;
      return BASIC.lastIndex;
    }
  }
  return skipMarks(text, code === 93 ? at + 1 : at);
}

/** Takes in one part behind the level; where the next begins, -1 when the message begins here. */
function partAfter(text: string, at: number, head: Head, spread: boolean): number {
  const code = text.charCodeAt(at);
  if (code === 91 || code === 40) return bracketAfter(text, at, head);
  if (isDigit(code) || code === 42) return numberAfter(text, at, head);
  if (head.logger === null) return loggerAfter(text, at, head, spread);
  return code === 93 ? skipMarks(text, at + 1) : -1;
}

/** Said of the writer, though of more than one word. */
const OF_WRITER = /^(?:pid|tid|client|thread|req-|MSC |XNIO)/;

function bracketAfter(text: string, at: number, head: Head): number {
  const close = closing(text, at);
  if (close === -1 || close + 1 >= text.length) return -1;
  const content = text.slice(at + 1, close).trim();
  const single = !content.includes(' ') && (text.charCodeAt(at) === 91 || head.logger !== null);
  if (!single && !OF_WRITER.test(content)) return -1;
  if (head.logger === null && /[A-Za-z]\.[A-Za-z]/.test(content)) head.logger = content;
  else if (content !== '' && content !== '-') head.thread ??= content;
  return skipMarks(text, close + 1);
}

/** Spring Boot's `123 --- [app] [main] `, nginx's `123#0: *45 `. */
const SPRING = /(\d{1,10}) --- (?:\[([^\]]{0,100})\] ?){1,3}/y;
const NGINX = /(\d{1,10}#\d{1,10}): (?:\*\d{1,20} )?/y;

function numberAfter(text: string, at: number, head: Head): number {
  for (const pattern of [SPRING, NGINX]) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    head.thread ??= (found[2] ?? found[1] ?? '').trim();
    return skipMarks(text, pattern.lastIndex);
  }
  return -1;
}

/**
 * A name before ` - `, ` : `, `: `, `|`, a tab, or `]`, or in a column of its own; a single word before a colon or dash only
 * where a thread stood before it, for else it is the message's own.
 */
function loggerAfter(text: string, at: number, head: Head, spread: boolean): number {
  const end = wordEnd(text, at);
  if (end === at || !isLetter(text.charCodeAt(at))) return -1;
  const colon = text.charCodeAt(end - 1) === 58;
  const name = text.slice(at, colon ? end - 1 : end);
  const code = text.charCodeAt(end);
  const sure = head.thread !== null || QUALIFIED.test(name);
  const column = code === 9 || code === 124 || (spread && code === 32 && text.charCodeAt(end + 1) === 32);
  const joined = colon
    ? isBlank(code)
    : code === 93 || isJoin(text, end) || (code === 32 && isIdNext(text, end));
  if (!column && !(sure && joined)) return -1;
  head.logger = name;
  return skipMarks(text, code === 93 ? end + 1 : end);
}

/** `a.b`, `a::b`, `a/b.go:12`, `a$b`. */
const QUALIFIED = /\w(?:\.|::|\/|\$)\w/;

/** ` [req-…`: OpenStack's request ids follow the logger without a mark. */
function isIdNext(text: string, at: number): boolean {
  return text.startsWith(' [req-', at) || text.startsWith(' [-]', at);
}
