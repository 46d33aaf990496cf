import type { RE2JS } from 're2js';
import type { Context } from './context.ts';
import { levelOf, levelOfNumber } from './level.ts';
import type { LineRecord } from './record.ts';
import { timeOf } from './time/value.ts';

/** A user's patterns as `compilePatterns` makes them, in the order in which they are tried. */
export type OwnPatterns = readonly RE2JS[];

/** Longer lines are not tried: they are dumps, and a match costs microseconds a hundred characters. */
const LONGEST = 10_000;

/** What the first pattern that fits reads in the line; null when none does. */
export function readOwn(patterns: OwnPatterns, line: string, context: Context): LineRecord | null {
  if (line.length > LONGEST) return null;
  for (const pattern of patterns) {
    const matcher = pattern.matcher(line);
    if (matcher.find()) return recordOf(matcher.getNamedGroups(), line, context);
  }
  return null;
}

function recordOf(
  groups: Readonly<Record<string, string | null>>,
  line: string,
  context: Context,
): LineRecord {
  const { time = null, level = null, message = null, ...others } = groups;
  const fields: Record<string, unknown> = {};
  let some = false;
  for (const [name, value] of Object.entries(others)) {
    if (value === null) continue;
    fields[name] = valueOf(value);
    some = true;
  }
  return {
    timestamp: time === null ? null : timeOf(time, context),
    level: level === null ? null : (levelOf(level.trim()) ?? levelOfNumber(Number(level))),
    message: message ?? line,
    fields: some ? fields : null,
  };
}

const NUMBER = /^-?\d{1,15}(?:\.\d{1,15})?$/;

function valueOf(text: string): unknown {
  return NUMBER.test(text) ? Number(text) : text;
}
