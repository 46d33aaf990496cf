import type { StackTrace } from '../../domain/trace.ts';
import { isFields } from '../formats/json.ts';
import { parseJavascript } from './javascript.ts';
import { parsePython } from './python.ts';

/** A trace of any language that we read; null when the lines hold none. */
export function parseTrace(lines: readonly string[]): StackTrace | null {
  return parsePython(lines) ?? parseJavascript(lines);
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
  return (
    traceOfText(fields['stack']) ?? traceOfText(fields['stack_trace']) ?? traceOfText(fields['traceback'])
  );
}

function traceOfText(value: unknown): StackTrace | null {
  return typeof value === 'string' && value.includes('\n') ? parseTrace(value.split('\n')) : null;
}

/** `{type, message, stack}`; the names in the record win over what the stack's first line says. */
function traceOfError(error: Fields): StackTrace | null {
  const trace = traceOfText(error['stack']);
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
