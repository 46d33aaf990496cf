import type { Frame, StackTrace } from '../../domain/trace.ts';
import { type Draft, draft, groups, traceOf } from './lines.ts';

const FILE = /^\t(\S.{0,1000}):(\d{1,9})(?: \+0x[\da-f]+)?$/;
export const GOROUTINE = /^goroutine \d{1,12} (?:gp=\S+ m=\S+(?: mp=\S+)? )?\[/;
const PANIC = /^\s*(?:.{0,200} )?(panic|fatal error): (.*)$/;
const SERVING = /http: (panic) serving \S+: (.*)$/;

/**
 * A Go panic or fatal error with its first goroutine (the one that broke), or a stack as `%+v` of pkg/errors and zap print
 * it. A panic that was recovered and raised again has the first one as its cause. Null when there is none.
 */
export function parseGo(lines: readonly string[]): StackTrace | null {
  const first = lines.findIndex((line, i) => FILE.test(line) && callOf(lines[i - 1]) !== null);
  if (first === -1) return null;
  const goroutine = lines.findIndex((line) => GOROUTINE.test(line));
  const made = headerOf(lines.slice(0, goroutine === -1 ? first - 1 : Math.min(goroutine, first)));
  const end = lines.findIndex((line, i) => i > first && (line === '' || GOROUTINE.test(line)));
  made.frames.push(...framesOf(lines.slice(first - 1, end === -1 ? lines.length : end)));
  return traceOf('go', made);
}

function headerOf(lines: readonly string[]): Draft {
  const errors: Draft[] = [];
  for (const line of lines) {
    const [type, text] = groups(SERVING.test(line) ? SERVING : PANIC, line);
    if (type !== '') errors.push(draft(type, text.replace(/ \[recovered[^\]]*\]$/, '')));
    else if (!line.startsWith('[signal ')) errors.at(-1)?.message.push(line);
  }
  for (const [i, error] of errors.entries()) error.cause = errors[i - 1] ?? null;
  return errors.at(-1) ?? draft('error', lines.at(-1)?.trim() ?? '');
}

function framesOf(lines: readonly string[]): readonly Frame[] {
  const calls = lines.map((line) => callOf(line));
  // What stands above the last `panic(` are deferred functions that only pass it on.
  const raised = calls.lastIndexOf('panic');
  return lines.flatMap((line, i) => {
    const [, file, row] = FILE.exec(line) ?? [];
    const symbol = calls[i - 1] ?? null;
    if (file === undefined || symbol === null || symbol === '') return [];
    return [
      { file, line: Number(row), column: null, symbol, inApp: i > raised + 1 && isApplication(symbol, file) },
    ];
  });
}

/** The function of a line such as `main.(*Cart).Total(0x1, {0x2, 0x3})`; `''` for who started the goroutine; else null. */
function callOf(line = ''): string | null {
  if (line.startsWith('created by ')) return '';
  if (/^[\s\d]/.test(line)) return null;
  const name = line.endsWith(')') ? withoutArguments(line) : line;
  return /^(?:[A-Za-z_]\S*\.\S+|panic)$/.test(name) ? name.replaceAll('%2e', '.') : null;
}

/** Up to the parenthesis that opens the arguments, not that of a receiver. */
function withoutArguments(line: string): string {
  const receiver = line.indexOf('.(');
  const from = receiver === -1 ? 0 : line.indexOf(')', receiver);
  const open = line.indexOf('(', Math.max(0, from));
  return open === -1 ? line : line.slice(0, open);
}

/**
 * Not the standard library, whose import paths have no dot in their first part and whose files lie under `src/` of that
 * path (or, with `-trimpath`, at the path itself), those of the runtime for any; not a module from the cache or a vendor folder.
 */
function isApplication(symbol: string, file: string): boolean {
  if (/[\\/]pkg[\\/]mod[\\/]|[\\/]vendor[\\/]|@v\d/.test(file)) return false;
  const slash = symbol.lastIndexOf('/');
  const pkg = symbol.slice(0, symbol.indexOf('.', slash + 1));
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  const plain = !(pkg.split('/')[0] ?? '').includes('.') && pkg !== 'main';
  const isStandard =
    plain && (folder === pkg || folder.endsWith(`/src/${pkg}`) || folder.endsWith('/src/runtime'));
  return symbol !== 'panic' && !isStandard;
}
