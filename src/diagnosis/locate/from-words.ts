import type { Anomaly } from '../../domain/anomaly.ts';
import { innermost } from '../../domain/trace.ts';
import { wordsOf } from '../../domain/words.ts';
import type { Scope } from '../../ports/syntax.ts';
import { type Document, rankByWords } from './bm25.ts';
import type { Code } from './code.ts';
import { isAside } from './source-text.ts';
import type { Spot } from './spot.ts';
import { WORDS } from './weights.ts';

const MOST_SPOTS = 10;

interface Place {
  readonly file: string;
  readonly scope: Scope;
}

/**
 * Functions that share words with an anomaly, for when nothing printed it literally and no trace or route leads anywhere.
 * Empty where the best of them holds little of what it says, or many hold the same.
 */
export async function fromWords(anomaly: Anomaly, { index, repository }: Code): Promise<readonly Spot[]> {
  const documents: Document<Place>[] = [];
  for (const [file, { scopes }] of index.outlines) {
    if (isAside(file)) continue;
    for (const scope of scopes) documents.push({ of: { file, scope }, words: wordsAt(file, scope) });
  }
  const said = wordsOfAnomaly(anomaly);
  const hits = rankByWords(said, documents);
  const [best] = hits;
  if (best === undefined || best.share < WORDS.least) return [];
  const equal = hits.filter(({ score }) => score === best.score).length;
  if (equal > MOST_SPOTS) return [];
  return Promise.all(
    hits.slice(0, MOST_SPOTS).map(async ({ of: { file, scope }, score }) => ({
      file,
      line: scope.kind === 'file' ? lineOf(said, await repository.read(file)) : scope.from,
      symbol: scope.name === '' ? null : scope.name,
      score: (score / best.score) * WORDS.best,
      why: 'speaks of the same things',
    })),
  );
}

/** The first line of a file that holds most of the words, 1-based. */
function lineOf(words: readonly string[], text: string | null): number {
  const wanted = new Set(words);
  const held = (text ?? '')
    .split('\n')
    .map((line) => wordsOf(line).filter((word) => wanted.has(word)).length);
  return Math.max(0, held.indexOf(Math.max(...held))) + 1;
}

/** What an anomaly says, in words: its message, and what threw it. */
export function wordsOfAnomaly({ title, sample, metricName }: Anomaly): readonly string[] {
  const thrown = sample.trace === null ? null : innermost(sample.trace);
  const said = thrown === null ? sample.text.split('\n')[0] : `${thrown.errorType} ${thrown.message}`;
  return wordsOf([title, metricName ?? '', said ?? ''].join(' '));
}

/** Words of a scope; its name and its path count more often. */
export function wordsAt(file: string, { name, words }: Scope): readonly string[] {
  const more = [`${name} `.repeat(WORDS.name), `${file} `.repeat(WORDS.path)].flatMap(wordsOf);
  return words === '' ? more : [...words.split(' '), ...more];
}
