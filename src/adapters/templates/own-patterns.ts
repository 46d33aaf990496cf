import { readFile } from 'node:fs/promises';
import { RE2JS } from 're2js';
import { parse } from 'yaml';
import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';
import { type PatternInFile, patternFileSchema } from './pattern-file.ts';

/**
 * Known failures that people have written down for their own services, in the order of the files.
 * @throws VigilError `bad_config` naming the file, the pattern and what is wrong with it.
 */
export async function readOwnPatterns(files: readonly string[]): Promise<readonly PatternInFile[]> {
  const all: PatternInFile[] = [];
  for (const file of files) all.push(...(await readOne(file)));
  return all;
}

async function readOne(file: string): Promise<readonly PatternInFile[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw refused(file, isMissing ? 'there is no such file' : String(cause), cause);
  });
  const parsed = patternFileSchema.safeParse(yamlIn(file, text));
  if (!parsed.success) throw refused(file, z.prettifyError(parsed.error), parsed.error);
  for (const pattern of parsed.data) {
    const flaw = flawOf(pattern);
    if (flaw !== null) throw refused(file, `${pattern.id}: ${flaw}`, null);
  }
  return parsed.data;
}

function yamlIn(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw refused(file, `it is no YAML: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  }
}

/** Whoever can write a log line chooses what the expressions run over: each of them has to end soon on any text. */
function flawOf({ match, unless, code }: PatternInFile): string | null {
  for (const expression of [...match, ...unless, ...(code === undefined ? [] : [code])]) {
    try {
      RE2JS.compile(expression);
    } catch (error) {
      return `\`${expression}\` is no regular expression of RE2: ${error instanceof Error ? error.message : String(error)}`;
    }
    const bare = expression.replaceAll(/\\.|\[(?:\\.|[^\]])+\]/g, 'x');
    if (/[*+]|\{\d+,\}/.test(bare)) return `\`${expression}\` repeats without bound; use .{0,80} for .*`;
    if (/\)\{/.test(bare)) return `\`${expression}\` repeats a group`;
  }
  return null;
}

function refused(file: string, why: string, cause: unknown): VigilError {
  return new VigilError('bad_config', {
    what: `the patterns of ${file} cannot be used`,
    why,
    hint: 'docs/patterns.md shows the form.',
    cause,
  });
}
