import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Pattern, Templates } from '../../ports/templates.ts';
import { type PatternInFile, patternFileSchema } from './pattern-file.ts';

/**
 * The texts below `folder`, the `templates/` of the package. Patterns are read once: those of the files `own` (absolute)
 * first, then the library's.
 */
export function fileTemplates(folder: string, own: readonly string[] = []): Templates {
  let patterns: Promise<readonly Pattern[]> | null = null;
  return {
    text: (name) => readFile(join(folder, name), 'utf8'),
    patterns: () => {
      patterns ??= Promise.all([ownPatterns(own), readPatterns(folder)]).then((all) => all.flat());
      return patterns;
    },
  };
}

/** What checks them is loaded only where there are some: its engine takes 50 ms. */
async function ownPatterns(files: readonly string[]): Promise<readonly Pattern[]> {
  if (files.length === 0) return [];
  return (await import('./own-patterns.ts')).readOwnPatterns(files);
}

/** Every pattern of `templates/patterns/*.yaml`, in the order of file names. */
export async function readPatterns(folder: string): Promise<readonly PatternInFile[]> {
  const names = (await readdir(join(folder, 'patterns'))).filter((name) => name.endsWith('.yaml')).toSorted();
  const files = await Promise.all(names.map((name) => readFile(join(folder, 'patterns', name), 'utf8')));
  return files.flatMap((text) => patternFileSchema.parse(parse(text)));
}
