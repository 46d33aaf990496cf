import type { Level } from '../../domain/event.ts';

const WORDS: ReadonlyMap<string, Level> = new Map(
  Object.entries({
    trace: 'trace',
    verbose: 'trace',
    silly: 'trace',
    v: 'trace',
    debug: 'debug',
    dbg: 'debug',
    d: 'debug',
    info: 'info',
    information: 'info',
    notice: 'info',
    http: 'info',
    i: 'info',
    warn: 'warn',
    warning: 'warn',
    w: 'warn',
    error: 'error',
    err: 'error',
    severe: 'error',
    failure: 'error',
    e: 'error',
    fatal: 'fatal',
    critical: 'fatal',
    crit: 'fatal',
    alert: 'fatal',
    emerg: 'fatal',
    emergency: 'fatal',
    panic: 'fatal',
    f: 'fatal',
  } satisfies Record<string, Level>),
);

/** Level of a word such as `INFO`, `Warning`, `err`; null for any other word. */
export function levelOf(word: string): Level | null {
  return WORDS.get(word) ?? WORDS.get(word.toLowerCase()) ?? null;
}

/** Level of a pino or bunyan number: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
export function levelOfNumber(value: number): Level | null {
  if (value < 10 || value >= 70) return null;
  if (value < 30) return value < 20 ? 'trace' : 'debug';
  if (value < 50) return value < 40 ? 'info' : 'warn';
  return value < 60 ? 'error' : 'fatal';
}
