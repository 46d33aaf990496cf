import { RE2JS } from 're2js';
import { VigilError } from '../../domain/errors.ts';
import type { Context } from './context.ts';
import { levelOf, levelOfNumber } from './level.ts';
import type { LineRecord } from './record.ts';
import { timeOf } from './time/value.ts';

/** A user's patterns, in the order in which they are tried. */
export type OwnPatterns = readonly RE2JS[];

/** Longer lines are not tried: they are dumps, and a match costs microseconds a hundred characters. */
const LONGEST = 10_000;

/**
 * Compiles the patterns of a configuration. They are RE2's: linear in the length of the line, without look-around and
 * back-references. `(?<time>…)`, `(?<level>…)` and `(?<message>…)` have their meaning, other named groups become fields.
 * @throws VigilError `bad_config` naming the pattern.
 */
export function compilePatterns(patterns: readonly string[]): OwnPatterns {
  return patterns.map(compile);
}

function compile(pattern: string): RE2JS {
  const what = `the line pattern \`${pattern}\` cannot be used`;
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new VigilError('bad_config', { what, why, cause });
  }
  if (Object.keys(compiled.namedGroups()).length === 0) {
    const hint = 'Write it like `^(?<time>\\S+) (?<level>\\w+) (?<message>.*)`.';
    throw new VigilError('bad_config', { what, why: 'it has no named group', hint });
  }
  return compiled;
}

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
