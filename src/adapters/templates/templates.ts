import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Pattern, Templates } from '../../ports/templates.ts';
import { type PatternInFile, patternFileSchema } from './pattern-file.ts';

/** The texts below `folder`, the `templates/` of the package. Patterns are read once. */
export function fileTemplates(folder: string): Templates {
  let patterns: Promise<readonly Pattern[]> | null = null;
  return {
    text: (name) => readFile(join(folder, name), 'utf8'),
    patterns: () => {
      patterns ??= readPatterns(folder);
      return patterns;
    },
  };
}

/** Every pattern of `templates/patterns/*.yaml`, in the order of file names. */
export async function readPatterns(folder: string): Promise<readonly PatternInFile[]> {
  const names = (await readdir(join(folder, 'patterns'))).filter((name) => name.endsWith('.yaml')).toSorted();
  const files = await Promise.all(names.map((name) => readFile(join(folder, 'patterns', name), 'utf8')));
  return files.flatMap((text) => patternFileSchema.parse(parse(text)));
}
