import { parseLine } from '../../formats/detect.ts';
import { GOROUTINE } from '../../traces/go.ts';
import { BARE_HEADER, EXCERPT, HEADER, INNER_HEADER } from '../../traces/javascript.ts';
import { isTraceback } from '../../traces/python.ts';
import { isRubyHeader, RAILS } from '../../traces/ruby.ts';
import { RUST_PANIC } from '../../traces/rust.ts';
import type { State } from './steps.ts';

/**
 * What a line may begin; null for a line by itself. Most lines are JSON or carry no trouble, and are let through after one
 * look at their first or last letter and one search for a word of trouble.
 */
export function startOf(text: string, receivedAt: number): State | null {
  if (text.charCodeAt(0) === 123 || text === '') return null;
  return unnamedStart(text) ?? (MAYBE_TROUBLE.test(text) ? troubledStart(text, receivedAt) : null);
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

function troubledStart(text: string, receivedAt: number): State | null {
  if (/^(?:panic|fatal error): /.test(text)) return 'go-head';
  if (/(?:^|PHP |: )Fatal error: +Uncaught |^(?:PHP )?Uncaught /.test(text)) return 'php-head';
  if (RUST_PANIC.test(text)) return text.endsWith(':') ? 'rust-message' : 'rust';
  if (BARE_HEADER.test(text)) return 'bare';
  return HEADER.test(text) ? 'head' : loggedStart(text, receivedAt);
}

/** A logger's own line, at level warn or above, or one of no level that names an error. */
function loggedStart(text: string, receivedAt: number): State | null {
  const { level } = parseLine(text, receivedAt);
  const isTrouble = level === 'warn' || level === 'error' || level === 'fatal';
  if (!isTrouble && level !== null) return null;
  if (INNER_HEADER.test(text.length > 2000 ? text.slice(0, 2000) : text)) return 'head';
  return isTrouble || text.includes('http: panic serving ') ? 'intro' : null;
}
