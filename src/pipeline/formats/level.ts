import type { Level } from '../../domain/event.ts';

const WORDS: ReadonlyMap<string, Level> = new Map(
  Object.entries({
    trace: 'trace',
    trc: 'trace',
    verbose: 'trace',
    vrb: 'trace',
    silly: 'trace',
    finest: 'trace',
    finer: 'trace',
    v: 'trace',
    debug: 'debug',
    dbg: 'debug',
    fine: 'debug',
    config: 'debug',
    d: 'debug',
    info: 'info',
    inf: 'info',
    information: 'info',
    informational: 'info',
    notice: 'info',
    success: 'info',
    http: 'info',
    log: 'info',
    i: 'info',
    warn: 'warn',
    warning: 'warn',
    wrn: 'warn',
    w: 'warn',
    error: 'error',
    err: 'error',
    severe: 'error',
    failure: 'error',
    e: 'error',
    fatal: 'fatal',
    ftl: 'fatal',
    critical: 'fatal',
    crit: 'fatal',
    alert: 'fatal',
    emerg: 'fatal',
    emergency: 'fatal',
    panic: 'fatal',
    dpanic: 'fatal',
    f: 'fatal',
  } satisfies Record<string, Level>),
);

/** Letters of the longest of them. */
const LONGEST = 13;

/** Most lines say what the line before said. */
let lastWord = 'info';
let lastLevel: Level | null = 'info';

/** Level of a word such as `INFO`, `Warning`, `err`; null for any other word. */
export function levelOf(word: string): Level | null {
  if (word === lastWord) return lastLevel;
  if (word.length > LONGEST) return null;
  lastWord = word;
  lastLevel = WORDS.get(word) ?? WORDS.get(word.toLowerCase()) ?? null;
  return lastLevel;
}

/** Level of a pino or bunyan number: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
export function levelOfNumber(value: number): Level | null {
  if (value < 10 || value >= 70) return null;
  if (value < 30) return value < 20 ? 'trace' : 'debug';
  if (value < 50) return value < 40 ? 'info' : 'warn';
  return value < 60 ? 'error' : 'fatal';
}

/** Level of a syslog severity, 0 to 7 (RFC 5424, 6.2.1), or of a whole PRI value, whose last three bits it is. */
export function levelOfSeverity(value: number): Level {
  const severity = value & 7;
  if (severity < 3) return 'fatal';
  if (severity === 3) return 'error';
  if (severity === 4) return 'warn';
  return severity === 7 ? 'debug' : 'info';
}
