import type { Frame, StackTrace } from '../../domain/trace.ts';

/** `TypeError: x`, `Uncaught Error`, `AssertionError [ERR_ASSERTION]: x`, behind a word or two of a logger. */
const HEADER =
  /^(?:Uncaught |Unhandled )?(?:\(in promise\) )?([A-Za-z_$][\w$.]*(?:Error|Exception|Rejection|Warning)|Error)(?: \[[\w.-]+\])?(?::|$)/;
const INNER_HEADER = /(?:^|[\s:>\]])([A-Z][\w$.]*(?:Error|Exception)|Error)(?: \[[\w.-]+\])?: /;
const FRAME =
  /^\s+at (?:(async )?(.+?) \()?((?:file:\/\/)?[^()]*?|native|<anonymous>)(?::(\d+))?(?::(\d+))?\)?(?: \{)?$/;
const CAUSE = /^\s*\[?(?:cause|\[cause\])\]?: |^\s*Caused by: /;

/** Is this line a frame of a V8 stack trace? */
export function isJavascriptFrame(line: string): boolean {
  return /^\s+at \S/.test(line);
}

/** Does a line begin with an error's class, as an uncaught error is printed? */
export function isErrorHeader(line: string): boolean {
  return HEADER.test(line);
}

/** Does a line of a trace say what caused the error before it? */
export function isCause(line: string): boolean {
  return CAUSE.test(line);
}

/**
 * A stack trace as V8 and node print it: header (of one or more lines), frames, causes. Lines before the header (the
 * source excerpt of an uncaught error, a logger's own line) are skipped. Null when there is no frame.
 */
export function parseJavascript(lines: readonly string[]): StackTrace | null {
  const firstFrame = lines.findIndex(isJavascriptFrame);
  if (firstFrame === -1) return null;
  const cause = lines.findIndex((line, i) => i > firstFrame && isCause(line));
  const own = cause === -1 ? lines : lines.slice(0, cause);
  const frames = own.filter(isJavascriptFrame).flatMap(frameOf);
  const header = headerOf(own.slice(0, firstFrame));
  return {
    language: frames.find((frame) => frame.inApp)?.file.match(/\.[cm]?tsx?$/) ? 'typescript' : 'javascript',
    ...header,
    frames,
    cause: cause === -1 ? null : parseJavascript(causeLines(lines.slice(cause))),
  };
}

function causeLines([first = '', ...rest]: readonly string[]): readonly string[] {
  return [first.replace(CAUSE, ''), ...rest];
}

function headerOf(lines: readonly string[]): Pick<StackTrace, 'errorType' | 'message'> {
  const index = lines.findIndex((line) => HEADER.test(line));
  if (index !== -1) {
    const found = HEADER.exec(lines[index] ?? '');
    const text = [(lines[index] ?? '').slice(found?.[0].length ?? 0), ...lines.slice(index + 1)].join('\n');
    return { errorType: found?.[1] ?? 'Error', message: text.trim() };
  }
  const last = lines.at(-1) ?? '';
  const inner = INNER_HEADER.exec(last);
  if (inner === null) return { errorType: 'Error', message: last.trim() };
  return { errorType: inner[1] ?? 'Error', message: last.slice(inner.index + inner[0].length).trim() };
}

function frameOf(line: string): readonly Frame[] {
  const [, , symbol = null, place = '', row, column] = FRAME.exec(line) ?? [];
  const file = place.replace(/^file:\/\//, '').replace(/^(?:async|eval at) /, '');
  if (file === '') return [];
  return [
    {
      file,
      line: row === undefined ? null : Number(row),
      column: column === undefined ? null : Number(column),
      symbol: symbol?.replace(/^(?:async|new) /, '').replace(/ \[as .+\]$/, '') ?? null,
      inApp: isApplication(file),
    },
  ];
}

/** Not the runtime and not an installed package. */
function isApplication(file: string): boolean {
  if (/^(?:node:|native$|<anonymous>$|internal\/|index \d+$)/.test(file)) return false;
  return !/[\\/](?:node_modules|\.yarn|\.pnp)[\\/.]/.test(file) && /[\\/.]/.test(file);
}
