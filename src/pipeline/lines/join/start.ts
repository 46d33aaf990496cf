import type { Level } from '../../../domain/event.ts';
import { isDigit } from '../../formats/characters.ts';
import { parseLine } from '../../formats/detect.ts';
import { GOROUTINE } from '../../traces/go.ts';
import { BARE_HEADER, EXCERPT, HEADER, INNER_HEADER } from '../../traces/javascript.ts';
import { withoutColour } from '../../traces/lines.ts';
import { isTraceback } from '../../traces/python.ts';
import { isRubyHeader, RAILS } from '../../traces/ruby.ts';
import { RUST_PANIC } from '../../traces/rust.ts';
import type { State } from './steps.ts';

/** The level of a line; `at` (epoch ms) completes its date. */
export type LevelOf = (line: string, at: number) => Level | null;

/** That of a line of no source in particular. */
export const levelOfLine: LevelOf = (line, at) => parseLine(line, at).level;

/**
 * What a line may begin; null for a line by itself. Most lines are JSON, or calm records, or carry no word of trouble, and are
 * let through after one look.
 */
export function startOf(line: string, at: number, levelOf: LevelOf): State | null {
  const code = line.charCodeAt(0);
  if (code === 123 || line === '') return null;
  const text = code === 27 ? withoutColour(line) : line;
  const state = unnamedStart(text);
  if (state !== null) return state;
  const named = isNamed(text);
  const level = levelOf(line, at);
  if ((!named && isCalm(level)) || !MAYBE_TROUBLE.test(text)) return null;
  return (named ? namedStart(text) : null) ?? loggedStart(text, level);
}

/** Does it begin as what is no logger's own line does, or name an error of PHP? Then its words count, not its level. */
function isNamed(text: string): boolean {
  return (!isDigit(text.charCodeAt(0)) && NAMED.test(text)) || text.includes('Uncaught ');
}

const NAMED =
  /^(?:panic|fatal error|error|Exception in thread|Unhandled|thread|\(in promise|\[?[A-Za-z_$][\w$.]*(?:Error|Exception|Rejection|Warning|Throwable)|Error)\b/;

function isCalm(level: Level | null): boolean {
  return level === 'info' || level === 'debug' || level === 'trace';
}

/** Cheap: without one of these there is no level warn or above, and no error's name. */
const MAYBE_TROUBLE = /warn|err|fatal|crit|severe|panic|fail|exception|\b[EFW][ ,/\d]/i;

/** Beginnings that need no word of trouble, told by their last letter: a line's number, `)` of a class, or a colon. */
function unnamedStart(text: string): State | null {
  const last = text.charCodeAt(text.length - 1);
  if (last === 58) return beforeColon(text);
  if (last === 41) return isRubyHeader(text) ? 'ruby' : null;
  if (last < 48 || last > 57) return null;
  return EXCERPT.test(text) ? 'excerpt' : SYNTAX_ERROR.test(text) ? 'python' : null;
}

function beforeColon(text: string): State | null {
  if (isTraceback(text)) return text.includes('+ Exception Group') ? 'group' : 'python';
  if (GOROUTINE.test(text)) return 'go';
  return RAILS.test(text) ? 'head' : null;
}

/** Python has no traceback for a file that it cannot even read. */
const SYNTAX_ERROR = /^ {2}File "[^"]{1,1000}", line \d+$/;

function namedStart(text: string): State | null {
  if (/^(?:panic|fatal error): /.test(text)) return 'go-head';
  if (/(?:^|PHP |: )Fatal error: +Uncaught |^(?:PHP )?Uncaught /.test(text)) return 'php-head';
  if (RUST_PANIC.test(text)) return text.endsWith(':') ? 'rust-message' : 'rust';
  if (BARE_HEADER.test(text)) return 'bare';
  return HEADER.test(text) ? 'head' : null;
}

/** A logger's own line, at level warn or above, or one of no level that names an error. */
function loggedStart(text: string, level: Level | null): State | null {
  if (isCalm(level)) return null;
  const isError = text.includes('Error') || text.includes('Exception');
  if (isError && INNER_HEADER.test(text.length > 2000 ? text.slice(0, 2000) : text)) return 'head';
  return level !== null || text.includes('http: panic serving ') ? 'intro' : null;
}
