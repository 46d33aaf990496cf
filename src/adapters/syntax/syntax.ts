import type { Repository, TrackedFile } from '../../ports/repository.ts';
import type { Outline, SkippedFile, Syntax } from '../../ports/syntax.ts';
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
  const read = fileReader();
  return {
    async index(repository) {
      const known = cache === null ? new Map<string, Known>() : await readCache(cache);
      const used = new Map<string, Known>();
      const outlines = new Map<string, Outline>();
      const skipped: SkippedFile[] = [];
      for (const one of await repository.tracked()) {
        const { file } = one;
        const language = languageOf(file);
        if (language === null) continue;
        const key = `${language} ${one.content}`;
        const found = skippedByPath(file) ?? known.get(key) ?? (await read(one, repository));
        if (typeof found === 'string') skipped.push({ file, why: found });
        else outlines.set(file, found);
        if (isOfContent(found)) used.set(key, found);
      }
      if (cache !== null) await keep(cache, used, known);
      return { outlines, skipped };
    },
  };
}

/** The grammar that reads a file, `text` where it is read by its looks; null when it is no source. */
function languageOf(file: string): GrammarName | 'text' | null {
  return grammarOf(file) ?? (looksLikeSource(file) ? 'text' : null);
}

/** Said of the content, wherever it lies and whoever reads it. */
function isOfContent(found: Known): boolean {
  return found !== 'vendored' && found !== 'unreadable';
}

/** Outlines that are kept of what is not there any more, beside as many as are: other branches, older texts. */
const OTHERS = 500;

/** Writes what is new. */
async function keep(
  cache: string,
  used: ReadonlyMap<string, Known>,
  known: ReadonlyMap<string, Known>,
): Promise<void> {
  if ([...used.keys()].every((key) => known.has(key))) return;
  const others = [...known].filter(([key]) => !used.has(key)).slice(0, used.size + OTHERS);
  await writeCache(cache, [...used, ...others]);
}

/** What is larger is not even looked at. */
const LARGEST_READ = 16 * 1024 * 1024;

/** Reads one file at a time; a parser is made for each language that is met. */
function fileReader(): (file: TrackedFile, repository: Repository) => Promise<Known> {
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
    try {
      return (await outlinerOf(grammar)).outline(text) ?? 'unreadable';
    } catch {
      return 'unreadable'; // a grammar that cannot be loaded, or gives up on this text
    }
  };
}
