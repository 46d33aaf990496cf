import type { Level } from '../../../domain/event.ts';
import { digitsEnd, isBlank, isDigit } from '../characters.ts';
import { type Head, readRest } from './head-rest.ts';
import { fillKnown, learnHead } from './known-heads.ts';
import { closing, isJoin, QUALIFIED, skipMarks, wordEnd } from './parts.ts';
import { levelInBrackets, levelWordAt } from './words.ts';

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
    const begin = skipMarks(text, at);
    if (fillKnown(text, begin, head)) return head;
    const { logger, thread } = head;
    at = partBefore(text, begin, head);
    if (at === -1) return null;
    if (head.level === null) continue;
    readRest(text, at, head);
    if (logger === null) learnHead(text, begin, head, thread !== null);
    return head;
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

const LETTERS: ReadonlyMap<number, Level> = new Map(
  (['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'fatal'] as const).map((level, i) => [
    'VDIWEFA'.charCodeAt(i),
    level,
  ]),
);

/** Android's `1702  2395 D WindowManager:`. */
function letterAt(text: string, at: number): { readonly level: Level; readonly end: number } | null {
  if (text.charCodeAt(at + 1) !== 32) return null;
  const level = LETTERS.get(text.charCodeAt(at));
  return level === undefined ? null : { level, end: at + 1 };
}

function bracketBefore(text: string, at: number, head: Head): number {
  const close = closing(text, at);
  if (close === -1) return -1;
  const content = text.slice(at + 1, close).trim();
  head.level = levelInBrackets(content);
  if (head.level === null) head.thread ??= content;
  return close + 1;
}

/** A pid or thread id, and the `#0: ` behind it. */
function numberBefore(text: string, at: number, head: Head): number {
  const end = wordEnd(text, at);
  if (end - at > 36 || !(isBlank(text.charCodeAt(end)) || isJoin(text, end))) return -1;
  const id = text.slice(at, end);
  if (digitsEnd(text, at, 10) !== end && !ID.test(id)) return -1;
  head.thread ??= id;
  return end;
}

/** A number, or the id of a request. */
const ID = /^(?:\d{1,10}|[0-9a-f-]{16,36})$/;

/** `name - `, `name | `, `name<tab>`, `user@database `, and the `production.` of Laravel's `production.ERROR: `. */
function nameBefore(text: string, at: number, head: Head): number {
  const end = wordEnd(text, at);
  if (end === at) return -1;
  if (text.charCodeAt(end - 1) === 58) {
    const level = levelBehindDot(text, at, end, head);
    if (level !== -1) return level;
  }
  if (!isJoin(text, end) && !isColumn(text, at, end, head)) return -1;
  const name = text.slice(at, end);
  if (ID.test(name)) head.thread ??= name;
  else head.logger ??= name;
  return end;
}

/** The `ERROR` of `production.ERROR:`; where it ends, -1 for none. */
function levelBehindDot(text: string, at: number, end: number, head: Head): number {
  const name = text.slice(at, end);
  const dot = name.lastIndexOf('.');
  const level = dot === -1 ? null : levelWordAt(text, at + dot + 1);
  if (level === null) return -1;
  head.level = level.level;
  head.logger = name.slice(0, dot);
  return level.end;
}

/** `user@database `, and `shop.cart ERROR`. */
function isColumn(text: string, at: number, end: number, head: Head): boolean {
  if (!isBlank(text.charCodeAt(end))) return false;
  const isBeforeLevel = levelWordAt(text, end + 1) !== null;
  if (isBeforeLevel && head.thread !== null) return true;
  const name = text.slice(at, end);
  return name.includes('@') || (isBeforeLevel && QUALIFIED.test(name));
}
