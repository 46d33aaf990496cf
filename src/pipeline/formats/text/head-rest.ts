import type { Level } from '../../../domain/event.ts';
import { isBlank, isDigit, isLetter } from '../characters.ts';
import { closing, isJoin, QUALIFIED, skipMarks, wordEnd } from './parts.ts';

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

/** Parts behind the level. */
const MOST_AFTER = 5;

/** Behind the level: what closes its bracket, then pid, threads and the logger in any order. */
export function readRest(text: string, from: number, head: Head): Head {
  let at = afterLevel(text, from, head);
  const spread = at - from > 1 && isBlank(text.charCodeAt(from));
  for (let part = 0; part < MOST_AFTER; part += 1) {
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

/** A word in brackets, something said of the writer, or whatever stands before the logger's name. */
function isOfHead(text: string, at: number, close: number, head: Head): boolean {
  const content = text.slice(at + 1, close).trim();
  const single = !content.includes(' ') && (text.charCodeAt(at) === 91 || head.logger !== null);
  return single || OF_WRITER.test(content) || isBeforeLogger(text, close + 1);
}

function bracketAfter(text: string, at: number, head: Head): number {
  const close = closing(text, at);
  if (close === -1 || close + 1 >= text.length) return -1;
  const content = text.slice(at + 1, close).trim();
  if (!isOfHead(text, at, close, head)) return -1;
  if (head.logger === null && /[A-Za-z]\.[A-Za-z]/.test(content)) head.logger = content;
  else if (content !== '' && content !== '-') head.thread ??= content;
  return skipMarks(text, close + 1);
}

const LOGGER = / (?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*(?::| -) /y;

/** `[IPC Server handler 0 on 62267] org.acme.Server: `: a thread's name may be of several words. */
function isBeforeLogger(text: string, at: number): boolean {
  LOGGER.lastIndex = at;
  return LOGGER.test(text);
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
  const end = isLetter(text.charCodeAt(at)) ? wordEnd(text, at) : at;
  if (end === at) return -1;
  const colon = text.charCodeAt(end - 1) === 58;
  const name = text.slice(at, colon ? end - 1 : end);
  const sure = head.thread !== null || QUALIFIED.test(name);
  if (!isColumn(text, end, spread) && !(sure && joins(text, end, colon))) return -1;
  head.logger = name;
  return skipMarks(text, text.charCodeAt(end) === 93 ? end + 1 : end);
}

/** A tab or a bar, or two blanks where two stood before. */
function isColumn(text: string, end: number, spread: boolean): boolean {
  const code = text.charCodeAt(end);
  return code === 9 || code === 124 || (spread && code === 32 && text.charCodeAt(end + 1) === 32);
}

function joins(text: string, end: number, colon: boolean): boolean {
  const code = text.charCodeAt(end);
  if (colon) return isBlank(code);
  return code === 93 || isJoin(text, end) || (code === 32 && isIdNext(text, end));
}

/** ` [req-…`: OpenStack's request ids follow the logger without a mark. */
function isIdNext(text: string, at: number): boolean {
  return text.startsWith(' [req-', at) || text.startsWith(' [-]', at);
}
