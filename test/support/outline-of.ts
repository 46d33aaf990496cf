import { treeSitterSyntax } from '../../src/adapters/syntax/syntax.ts';
import type { Outline } from '../../src/ports/syntax.ts';
import { codeOnPaper } from './code-on-paper.ts';

export const syntaxOnPaper = treeSitterSyntax({ cache: null });

/** Outline of one text, read as a file of that name. */
export async function outlineOf(file: string, text: string): Promise<Outline> {
  const { outlines, skipped } = await syntaxOnPaper.index(codeOnPaper({ [file]: text }));
  const outline = outlines.get(file);
  if (outline === undefined) throw new Error(`${file} was skipped: ${skipped[0]?.why ?? 'no source'}`);
  return outline;
}
