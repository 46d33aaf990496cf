import type { Repository, TrackedFile } from '../../ports/repository.ts';
import type { CodeIndex, Outline, SkippedFile, Syntax } from '../../ports/syntax.ts';
import { type Known, readCache, writeCache } from './cache.ts';
import { GRAMMARS, type GrammarName, grammarOf, loadGrammar } from './grammars.ts';
import { createOutliner, type Outliner } from './outline.ts';
import { skippedByPath, skippedByText } from './skip.ts';
import { looksLikeSource, textOutline } from './text-outline.ts';

export interface SyntaxOptions {
  /** File that outlines are kept in between runs; null to keep none. */
  readonly cache: string | null;
}

/** Source code by tree-sitter, and by its looks where there is no grammar. */
export function treeSitterSyntax({ cache }: SyntaxOptions): Syntax {
  const read = outlineReader();
  return {
    async index(repository) {
      const tracked = (await repository.tracked()).filter(({ file }) => languageOf(file) !== null);
      const known = cache === null ? new Map<string, Known>() : await readCache(cache);
      const used = new Map<string, Known>();
      const outlines = new Map<string, Outline>();
      const skipped: SkippedFile[] = [];
      for (const one of tracked) {
        const { file } = one;
        const key = `${languageOf(file)} ${one.content}`;
        const found = skippedByPath(file) ?? known.get(key) ?? (await read(one, repository));
        if (typeof found === 'string') skipped.push({ file, why: found });
        else outlines.set(file, found);
        if (skippedByPath(file) === null) used.set(key, found);
      }
      const isNew = [...used.keys()].some((key) => !known.has(key));
      // What was not asked for now (another branch) comes last: it is what goes when there is no room.
      if (cache !== null && isNew)
        await writeCache(cache, [...used, ...[...known].filter(([key]) => !used.has(key))]);
      return { outlines, skipped } satisfies CodeIndex;
    },
  };
}

/** The grammar that reads a file, `text` where it is read by its looks; null when it is no source. */
function languageOf(file: string): GrammarName | 'text' | null {
  return grammarOf(file) ?? (looksLikeSource(file) ? 'text' : null);
}

/** What is larger is not even looked at. */
const LARGEST_READ = 16 * 1024 * 1024;

type Read = (file: TrackedFile, repository: Repository) => Promise<Known>;

/** Reads one file; a parser is made for each language that is met. */
function outlineReader(): Read {
  const outliners = new Map<GrammarName, Outliner>();
  const outlinerOf = async (name: GrammarName): Promise<Outliner> => {
    const made = outliners.get(name) ?? createOutliner(await loadGrammar(name), GRAMMARS[name].dialect);
    outliners.set(name, made);
    return made;
  };
  return async ({ file }, repository) => {
    const text = await repository.read(file, LARGEST_READ);
    if (text === null) return 'unreadable';
    const why = skippedByText(text);
    if (why !== null) return why;
    const grammar = grammarOf(file);
    if (grammar === null) return textOutline(text);
    return (await outlinerOf(grammar)).outline(text) ?? 'unreadable';
  };
}
