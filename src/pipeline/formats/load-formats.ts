import type { ReaderOptions } from './reader.ts';

/** How lines are to be read, as a configuration says it. */
export interface FormatSettings {
  readonly timezone: string | null;
  readonly patterns: readonly string[];
}

/** The same for a reader. @throws VigilError `bad_config` naming a pattern that is none. */
export async function loadFormats({ timezone, patterns }: FormatSettings): Promise<ReaderOptions> {
  if (patterns.length === 0) return { timezone, patterns: [] };
  const { compilePatterns } = await import('./compile-patterns.ts');
  return { timezone, patterns: compilePatterns(patterns) };
}
