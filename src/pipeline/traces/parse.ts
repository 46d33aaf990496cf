import type { StackTrace } from '../../domain/trace.ts';
import { isFields } from '../formats/json.ts';
import { parseDotnet } from './dotnet.ts';
import { parseGo } from './go.ts';
import { parseJava } from './java.ts';
import { parseJavascript } from './javascript.ts';
import { bounded } from './lines.ts';
import { parsePhp } from './php.ts';
import { parsePython } from './python.ts';
import { parseRuby } from './ruby.ts';
import { parseRust } from './rust.ts';

/** Those with the most telling frames first. */
const PARSERS = [
  parseRust,
  parseGo,
  parseRuby,
  parsePhp,
  parsePython,
  parseJava,
  parseDotnet,
  parseJavascript,
];

/** A trace of any language that we read; null when the lines hold none. Never throws; linear in the text. */
export function parseTrace(lines: readonly string[]): StackTrace | null {
  const readable = bounded(lines);
  for (const parse of PARSERS) {
    const trace = parse(readable);
    if (trace !== null) return trace;
  }
  return null;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The exception that a structured record carries: pino's and bunyan's `err`, `error`, `exception` as object or text, winston's
 * `stack`, Python loggers' `exc_info`. Null when there is none.
 */
export function traceInFields(fields: Fields): StackTrace | null {
  for (const value of [fields['err'], fields['error'], fields['exception'], fields['exc_info']]) {
    const trace = isFields(value) ? traceOfError(value) : traceOfText(value);
    if (trace !== null) return trace;
  }
  for (const name of TEXTS) {
    const trace = traceOfText(fields[name]);
    if (trace !== null) return trace;
  }
  return null;
}

/** Where loggers put a trace as text: winston, logback, zap, Python, Serilog, Elastic. */
const TEXTS = ['stack', 'stack_trace', 'stacktrace', 'traceback', '@x', 'error.stack_trace'];

function traceOfText(value: unknown): StackTrace | null {
  return typeof value === 'string' && value.includes('\n') ? parseTrace(value.split('\n')) : null;
}

/** `{type, message, stack}`; the names in the record win over what the stack's first line says. */
function traceOfError(error: Fields): StackTrace | null {
  const trace = traceOfText(error['stack']) ?? traceOfText(error['stack_trace']);
  if (trace === null) return null;
  const type = error['type'] ?? error['name'];
  const message = error['message'];
  const cause = error['cause'];
  return {
    ...trace,
    errorType: typeof type === 'string' && /^[\w.$]+$/.test(type) ? type : trace.errorType,
    message: typeof message === 'string' ? message : trace.message,
    cause: trace.cause ?? (isFields(cause) ? traceOfError(cause) : null),
  };
}
