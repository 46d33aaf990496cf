// Apart from where they are used: loading the engine costs 50 to 110 ms, and most people have no patterns.
import { RE2JS } from 're2js';
import { VigilError } from '../../domain/errors.ts';
import type { OwnPatterns } from './own-patterns.ts';

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
