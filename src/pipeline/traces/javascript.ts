import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, filePlace, groups, traceOf } from './lines.ts';

/** `TypeError: x`, `Uncaught Error`, `AssertionError [ERR_ASSERTION]: x`, as runtimes with `at` frames begin a trace. */
export const HEADER =
  /^(?:Exception in thread "[^"]{0,200}" |Unhandled exception[.:] |(?:error: )?(?:Uncaught |Unhandled )?(?:\(in promise\) )?)?([A-Za-z_$][\w$.]*(?:Error|Exception|Rejection|Warning|Throwable)|Error)(?: \[[\w.-]+\])?(?::|$)/;
/** The same behind the words of a logger: `request failed E [HttpError]: x`. */
export const INNER_HEADER =
  /(?:^|[\s:>\]|])(?:[A-Z][\w$]* \[([A-Z][\w$.]*Error)\]|((?:[a-z][\w$]*\.)*[A-Z][\w$.]*(?:Error|Exception)|Error)(?: \[[\w.-]+\])?): /;
/** `[AggregateError: x] {`: an error without a stack of its own, with properties. */
export const BARE_HEADER = /^\[?([A-Za-z_$][\w$.]*Error)(?:: (.*))?\]? \{$/;

const AT = /^\s+at \S/;
/** Firefox, Safari, JavaScriptCore: `name@https://host/x.js:1:2`. */
const AT_SIGN = /^\s*([^\s@]{0,200})@(\S{1,1500}:\d{1,9}:\d{1,9})$/;
const CAUSE = /^\s*(?:\[cause\]|cause|[Cc]aused by): /;
const ERRORS = /^\s*\[?errors\]?: \[$/;

/** Is this line a frame, in the way of V8 or of the other engines? */
function isJavascriptFrame(line: string): boolean {
  return AT.test(line) || AT_SIGN.test(line);
}

/**
 * A stack trace as V8, node, Deno, Bun, Firefox and Safari print it: header (of one or more lines), frames, properties
 * between braces with causes and aggregated errors nested by indentation. Lines before the header (the source excerpt of
 * an uncaught error, a logger's own line) are skipped. Null when nothing says where.
 */
export function parseJavascript(lines: readonly string[]): StackTrace | null {
  const start = lines.findIndex((line) => isJavascriptFrame(line) || BARE_HEADER.test(line));
  const place = excerptPlace(lines);
  if (start === -1) return place === null ? null : thrownValue(lines, place);
  const root = rootOf(lines, start);
  readNested(root, lines.slice(start));
  // The place of a syntax error is no frame: the module has not begun to run.
  const isUnread = root.errorType === 'SyntaxError' && !root.frames.some(({ inApp }) => inApp);
  if (isUnread && place?.inApp === true) root.frames.unshift(place);
  const first = firstFrame(root);
  return first === null ? null : traceOf(/\.[cm]?tsx?$/.test(first.file) ? 'typescript' : 'javascript', root);
}

/** The innermost frame of the application, else any; of the errors that it gathers or its cause, where it has none. */
function firstFrame({ frames, related, cause }: Draft): Frame | null {
  const own = frames.find(({ inApp }) => inApp) ?? frames[0];
  if (own !== undefined) return own;
  const [gathered = cause] = related;
  return gathered === null ? null : firstFrame(gathered);
}

function rootOf(lines: readonly string[], start: number): Draft {
  const first = lines[start] ?? '';
  if (!BARE_HEADER.test(first)) return headerOf(lines.slice(0, start));
  const [type, message] = groups(BARE_HEADER, first);
  return draft(type, message.replace(/\]$/, ''));
}

function headerOf(lines: readonly string[]): Draft {
  const index = lines.findIndex((line) => HEADER.test(line));
  const at = index === -1 ? lines.findLastIndex((line) => INNER_HEADER.test(line)) : index;
  const text = lines[at] ?? '';
  const found = index === -1 ? INNER_HEADER.exec(text) : HEADER.exec(text);
  if (found === null) return draft('Error', (lines.at(-1) ?? '').replace(/^error: /, ''));
  const made = draft(found[1] ?? found[2] ?? 'Error', text.slice(found.index + found[0].length).trim());
  const after = lines.slice(at + 1);
  // Deno shows the line and a caret after the message.
  const caret = after.findIndex((line) => /^\s*\^+$/.test(line));
  made.message.push(...(caret === -1 ? after : after.slice(0, caret - 1)));
  return made;
}

/** Where each open error stands, outermost first. */
interface Open {
  readonly error: Draft;
  readonly indent: number;
  /** Its list of errors stands so deep; null when it has none. */
  list: number | null;
}

/** Reads frames, causes and lists of errors as `util.inspect` nests them. */
function readNested(root: Draft, lines: readonly string[]): void {
  const open: Open[] = [{ error: root, indent: -1, list: null }];
  for (const line of lines) {
    const { error } = open.at(-1) ?? { error: root };
    if (isJavascriptFrame(line)) error.frames.push(...frameOf(line));
    else if (CAUSE.test(line)) openCause(open, line);
    else if (ERRORS.test(line)) within(open, indentOf(line)).list = indentOf(line);
    else if (!openListed(open, line) && error.frames.length === 0 && error !== root)
      error.message.push(line.trim());
  }
}

function openCause(open: Open[], line: string): void {
  const indent = indentOf(line);
  // At the margin each further `Caused by` belongs to the one before it.
  const parent = indent === 0 ? open.at(-1) : within(open, indent);
  const text = line.replace(CAUSE, '').trim();
  // `[cause]: [Error]`: it stands too deep to be printed.
  if (parent === undefined || parent.error.cause !== null || text.startsWith('[')) return;
  const cause = headerOf([text]);
  parent.error.cause = cause;
  open.push({ error: cause, indent, list: null });
}

/** An element of a list of errors begins. */
function openListed(open: Open[], line: string): boolean {
  const indent = indentOf(line);
  const text = line.trim();
  if (indent === 0 || !HEADER.test(text)) return false;
  const parent = open.findLast(({ list }) => list !== null && list < indent);
  if (parent === undefined || indent !== (parent.list ?? 0) + 2) return false;
  within(open, indent);
  const error = headerOf([text]);
  parent.error.related.push(error);
  open.push({ error, indent, list: null });
  return true;
}

/** Closes what stands at this depth or deeper; what is left open is the owner. */
function within(open: Open[], indent: number): Open {
  while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= indent) open.pop();
  return open.at(-1) as Open;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function frameOf(line: string): readonly Frame[] {
  const other = AT_SIGN.exec(line);
  if (other !== null && !AT.test(line)) return placed(other[1] ?? '', other[2] ?? '');
  const text = line
    .trim()
    .slice(3)
    .replace(/ \{$|,$/, '');
  const paren = text.endsWith(')') ? text.indexOf(' (') : -1;
  return paren === -1
    ? placed('', text.replace(/^async /, ''))
    : placed(text.slice(0, paren), text.slice(paren + 2, -1));
}

/** Code made by `eval` is named by the place of the call. */
const EVALUATED = /\((\S{1,1500}:\d{1,9}:\d{1,9})\)/;

function placed(called: string, where: string): readonly Frame[] {
  const isEvaluated = where.startsWith('eval at ');
  const origin = isEvaluated ? EVALUATED.exec(where)?.[1] : where;
  const { file: raw, line, column } = filePlace(origin ?? '');
  const file = raw.replace(/^file:\/\//, '');
  if (file === '' || /^index \d+$/.test(file)) return [];
  const symbol = called
    .replace(/^async[ *]/, '')
    .replace(/^new /, '')
    .replace(/ \[as .+\]$/, '');
  return [
    { file, line, column, symbol: symbol === '' || isEvaluated ? null : symbol, inApp: isApplication(file) },
  ];
}

/** Not the runtime and not an installed package. */
function isApplication(file: string): boolean {
  if (/^(?:node:|bun:|ext:|native$|<anonymous>$|\[native code\]$|internal\/)/.test(file)) return false;
  if (/^https:\/\/(?:deno\.land|jsr\.io|esm\.sh)\//.test(file)) return false;
  return !/[\\/](?:node_modules|\.yarn|\.pnp)[\\/.]/.test(file) && /[\\/.]/.test(file);
}

/** The place of an uncaught error: `/app/server.js:12`, `node:internal/process/promises:394`. */
export const EXCERPT = /^(?:\/|file:\/\/|node:|[A-Za-z]:[\\/])\S{0,1500}:\d{1,9}$/;
/** What node prints last when an error ends the process. */
export const TRAILER = /^Node\.js v\d+\.\d+\.\d+\S*$/;

function excerptPlace(lines: readonly string[]): Frame | null {
  const line = lines.slice(0, 3).find((one) => EXCERPT.test(one));
  return line === undefined ? null : (placed('', line)[0] ?? null);
}

/** `throw 5`: node prints the place and what was thrown, and no frames. */
function thrownValue(lines: readonly string[], place: Frame): StackTrace | null {
  const caret = lines.findIndex((line) => /^\s*\^+$/.test(line));
  if (caret === -1 || !lines.some((line) => TRAILER.test(line))) return null;
  const value = lines
    .slice(caret + 1)
    .filter((line) => line !== '' && !TRAILER.test(line) && !line.startsWith('('));
  const thrown = draft('Uncaught', value.join('\n'));
  thrown.frames.push(place);
  return traceOf('javascript', thrown);
}
