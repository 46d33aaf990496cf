import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, groups, traceOf } from './lines.ts';

/** `a.rb:8:in 'Cart#load'`; before Ruby 3.4 the name stands between a backtick and a quote. */
const PLACE =
  /^\s*(?:\d{1,6}: )?(?:from )?([^\s:'"`][^:'"`]{0,500}|[A-Za-z]:[^:'"`]{1,500}):(\d{1,9})(?::in [`'](.{1,300}?)')?(?:: (.*))?$/;
export const RUBY_FRAME = /^\s*(?:\d{1,6}: )?(?:from )?[^\s:'"`][^:'"`]{0,500}:\d{1,9}:in [`']/;
/** `NoMethodError (undefined method ...):`, as Rails begins. */
export const RAILS = /^([A-Z]\w{1,60}(?:::\w{1,60}){0,8}) \((.{0,1000})\):$/;
const CLASS = /^(.*?) ?\(([A-Z][\w:]*)\):?$/;
const REVERSED = /^\s+\d{1,6}: from /;

/** The first line of an uncaught error: place, message and class. */
export function isRubyHeader(line: string): boolean {
  return RUBY_FRAME.test(line) && /': /.test(line);
}

/**
 * A Ruby error as the interpreter, `full_message`, `Logger` and Rails print it; causes follow it directly. Null when there
 * is none.
 */
export function parseRuby(lines: readonly string[]): StackTrace | null {
  const first = lines.findIndex((line) => RUBY_FRAME.test(line));
  if (first === -1) return null;
  const isReversed = REVERSED.test(lines[first] ?? '');
  const errors = isReversed ? reversedErrors(lines.slice(first)) : errorsOf(lines, first);
  for (const [i, error] of errors.entries()) error.cause = errors[i + 1] ?? null;
  const [root] = errors;
  return root === undefined ? null : traceOf('ruby', root);
}

function errorsOf(lines: readonly string[], first: number): readonly Draft[] {
  const errors: Draft[] = [];
  if (!isRubyHeader(lines[first] ?? '')) errors.push(loggedHeader(lines.slice(0, first)));
  for (const line of lines.slice(first)) {
    if (isRubyHeader(line)) errors.push(draft('', PLACE.exec(line)?.[4] ?? ''));
    const top = errors.at(-1);
    const frame = rubyFrame(line);
    if (frame !== null) top?.frames.push(frame);
    else if (top?.frames.length === 1 && !/^\s+\.\.\./.test(line)) top.message.push(line);
  }
  return errors.map(named);
}

/** With the innermost frame last, and the error after its frames; its cause before it. */
function reversedErrors(lines: readonly string[]): readonly Draft[] {
  const errors: Draft[] = [];
  let before: Frame[] = [];
  for (const line of lines) {
    const frame = rubyFrame(line);
    if (frame === null) errors[0]?.message.push(line);
    else if (REVERSED.test(line)) before.unshift(frame);
    else {
      const error = draft('', PLACE.exec(line)?.[4] ?? '');
      error.frames.push(frame, ...before);
      errors.unshift(error);
      before = [];
    }
  }
  return errors.map(named);
}

/** The class stands in parentheses at the end of the message's first line, in a logger's message at the end of its last. */
function named(error: Draft): Draft {
  const at = error.message.findIndex((line) => CLASS.test(line));
  const [, text = '', type = 'RuntimeError'] = CLASS.exec(error.message[at] ?? '') ?? [];
  if (at !== -1) error.message[at] = text;
  if (error.errorType === '') error.errorType = type;
  return error;
}

/** Rails' own first line, or the message of a `Logger`'s record. */
function loggedHeader(lines: readonly string[]): Draft {
  const rails = lines.find((line) => RAILS.test(line));
  if (rails !== undefined) {
    const [type, text] = groups(RAILS, rails);
    return draft(type, text);
  }
  const made = draft('', '');
  made.message.push(...lines.map((line) => line.replace(/^.{0,200}? -- [^:]{0,100}: /, '')));
  return made;
}

/** `a.rb:8:in `load'`; null for a line that is no frame. */
export function rubyFrame(line: string): Frame | null {
  const [, file, row, called] = PLACE.exec(line) ?? [];
  if (file === undefined) return null;
  const name = called?.replace(/^(?:(?:rescue|ensure|block(?: \(\d+ levels\))?) in )+/, '') ?? null;
  return {
    file,
    line: Number(row),
    column: null,
    symbol: name === null || name.startsWith('<') ? null : name,
    inApp: !/^<internal:|[\\/](?:gems|rubygems)[\\/]|[\\/]lib[\\/]ruby[\\/]|^\(eval/.test(file),
  };
}
