import type { Context } from './context.ts';
import { recordOf } from './json.ts';
import type { LineRecord } from './record.ts';

/** Three pairs, or one whose key is a log line's own, at the very beginning. */
const LOOKS =
  /(?:(?:ts|time|timestamp|level|lvl|severity|msg|at)=|(?:[A-Za-z_][\w.-]*=(?:"(?:[^"\\]|\\.)*"|[^\s"]*) +){2}[A-Za-z_][\w.-]*=)/y;
const PAIR = /([A-Za-z_][\w.-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))/y;

/** Longer lines are not read as pairs: they are dumps. */
const LONGEST = 10_000;

/** `level=info msg="listening" port=80` from `from` on, as Go's and Heroku's loggers write; null when the line is not that. */
export function parseLogfmt(line: string, from: number, context: Context): LineRecord | null {
  if (line.length - from > LONGEST || line.indexOf('=', from) === -1) return null;
  LOOKS.lastIndex = from;
  if (!LOOKS.test(line)) return null;
  const fields = new Map<string, unknown>();
  for (let at = from; at < line.length; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const [, key = '', quoted, bare = ''] = PAIR.exec(line) ?? [];
    if (key === '') {
      PAIR.lastIndex = nextWord(line, at);
      continue;
    }
    fields.set(key, quoted === undefined ? valueOf(bare) : quoted.replaceAll('\\"', '"'));
    PAIR.lastIndex = skipBlanks(line, PAIR.lastIndex);
  }
  return recordOf(Object.fromEntries(fields), context);
}

function nextWord(line: string, from: number): number {
  const blank = line.indexOf(' ', from);
  return blank === -1 ? line.length : skipBlanks(line, blank);
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (line.charCodeAt(at) === 32) at += 1;
  return at;
}

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;
const DURATION = /^(\d{1,15}(?:\.\d{1,15})?)(ns|us|µs|ms|s|m)$/;
const MS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000 };

/** A number, a duration as its ms (`12.5ms`, `1.2s`), or the text. */
function valueOf(text: string): unknown {
  if (NUMBER.test(text)) return Number(text);
  const [, amount, unit = ''] = DURATION.exec(text) ?? [];
  return amount === undefined ? text : Number(amount) * (MS[unit] ?? 1);
}
