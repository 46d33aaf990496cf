import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Pattern, Templates } from '../../ports/templates.ts';

const patternSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string(),
  match: z.array(z.string()).min(1),
  unless: z.array(z.string()).default([]),
  verdict: z.enum(['cause', 'no_code_cause']),
  cause: z.string(),
  next: z.string(),
  /** A text that it recognises and one that it does not: read by the tests. */
  example: z.string(),
  counter_example: z.string(),
});

export type PatternFile = z.output<typeof patternSchema>;

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
export async function readPatterns(folder: string): Promise<readonly PatternFile[]> {
  const names = (await readdir(join(folder, 'patterns'))).filter((name) => name.endsWith('.yaml')).toSorted();
  const files = await Promise.all(names.map((name) => readFile(join(folder, 'patterns', name), 'utf8')));
  return files.flatMap((text) => z.array(patternSchema).parse(parse(text)));
}
