import type { Level } from '../../../domain/event.ts';
import { levelOf } from '../level.ts';

/** How far into a message its level is looked for. */
const HEAD = 120;

/**
 * The level that a message without a head names: any case as the first word, in brackets, or before a colon; upper case
 * anywhere near the beginning; Android's letter; the class of an error. Null for none.
 */
export function plainLevel(text: string): Level | null {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  const found = FIRST.exec(head) ?? CAPITALS.exec(head) ?? LETTER.exec(head) ?? BRACKETED.exec(head);
  if (found !== null) return levelOf(found[1] ?? '');
  return ERROR_CLASS.test(head) ? 'error' : null;
}

// Measured: a pattern looks at a line in 20 to 40 ns, a loop over its characters in 150.
const FIRST =
  /^\[?(trace|verbose|debug|info|notice|warn|warning|err|error|crit|critical|fatal|emerg|alert|panic)(?:\]|:|,|\s|$)/i;
const CAPITALS = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FAILURE|CRITICAL|FATAL|PANIC)\b/;
/** `D/WindowManager: `, `1702  2395 D WindowManager: `. */
const LETTER = /^(?:\d{1,9} {1,9}\d{1,9} {1,9})?([VDIWEF])(?: |\/|\d{4} )/;

const BRACKETED =
  /[[<](trace|debug|info|notice|warn|warning|err|error|crit|critical|fatal|emerg|alert)[\]>]/i;

/** An error that is printed without its stack. */
const ERROR_CLASS = /^(?:Uncaught )?(?:[A-Z]\w{0,100})?(?:Error|Exception)\b[^:]{0,100}:/;
