import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, groups, traceOf } from './lines.ts';

const HEADER = /(?:^|Uncaught |Next |exception ')((?:[A-Z]\w*\\)*[A-Z]\w*)(?:: |' with message ')(.*)$/;
/** Monolog: `{"exception":"[object] (RuntimeException(code: 0): no row at /app/a.php:3)`. */
const LOGGED = /\[object\] \(((?:\w+\\{1,2})*\w+)\(code: [^)]{0,20}\): (.*)$/;
const THROWN = / (?:in|at) ([^\s:()][^:()]{0,500}|[A-Za-z]:[^:()]{1,500}):(\d{1,9})\)?$/;
export const PHP_FRAME =
  /^#\d{1,6} (?:([^()]{1,500})\((\d{1,9})\)|\[internal function\]|\{main\})(?:: (.{0,1000}))?/;

/** A PHP error with `Stack trace:`; PHP prints the first cause first and the error itself last. Null when there is none. */
export function parsePhp(lines: readonly string[]): StackTrace | null {
  if (!lines.some((line) => PHP_FRAME.test(line))) return null;
  const errors: Draft[] = [];
  // JSON, in which Monolog writes, doubles the backslashes of names.
  for (const [i, raw] of lines.entries()) {
    const line = raw.replaceAll('\\\\', '\\');
    const isHead = /^(?:Stack trace:|\[stacktrace\])$/.test(lines[i + 1] ?? '');
    const last = errors.at(-1);
    if (isHead) errors.push(headerOf(line));
    else if (last !== undefined) readFrame(last, line);
  }
  for (const [i, error] of errors.entries()) error.cause = errors[i - 1] ?? null;
  const root = errors.at(-1);
  return root === undefined ? null : traceOf('php', root);
}

function headerOf(line: string): Draft {
  const logged = groups(LOGGED, line);
  const [type, text] = logged[0] === '' ? groups(HEADER, line) : logged;
  const told = type === '' ? line : text;
  const place = THROWN.exec(told);
  const made = draft(type === '' ? 'Exception' : type, place === null ? told : told.slice(0, place.index));
  if (place !== null) made.frames.push(frame(place[1] ?? '', place[2]));
  return made;
}

/** `#0` names the function that threw and where it was called: the name belongs to the place before it. */
function readFrame({ frames }: Draft, line: string): void {
  const found = PHP_FRAME.exec(line);
  if (found === null) return;
  const [, file, row, called] = found;
  const inner = frames.pop();
  if (inner !== undefined) frames.push({ ...inner, symbol: called?.replace(/\(.*$/, '') ?? null });
  if (file !== undefined) frames.push(frame(file, row));
}

function frame(file: string, row: string | undefined): Frame {
  return {
    file,
    line: Number(row),
    column: null,
    symbol: null,
    inApp: !/[\\/]vendor[\\/]/.test(file) && !file.startsWith('phar:'),
  };
}
