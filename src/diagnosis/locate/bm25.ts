import { BM25 } from './weights.ts';

/** Words of something that can be found; as often as they occur. */
export interface Document<T> {
  readonly of: T;
  readonly words: readonly string[];
}

export interface Hit<T> {
  readonly of: T;
  readonly score: number;
  /** How much of the query it holds, weighed by rarity; [0,1]. */
  readonly share: number;
}

/**
 * Documents that hold words of the query, best first, by Okapi BM25. The rarity of a word is ln(1 + (N - n + 0.5) / (n + 0.5))
 * of N documents, n of which hold it: never negative, and next to nothing for a word that is everywhere.
 */
export function rankByWords<T>(
  query: readonly string[],
  documents: readonly Document<T>[],
): readonly Hit<T>[] {
  const terms = [...new Set(query)];
  const counted = documents.map(({ of, words }) => ({
    of,
    size: words.length,
    counts: countsOf(words, new Set(terms)),
  }));
  const meanSize = counted.reduce((sum, { size }) => sum + size, 0) / Math.max(1, counted.length);
  const rarity = new Map(
    terms.map((term) => {
      const holding = counted.filter(({ counts }) => counts.has(term)).length;
      return [term, Math.log(1 + (counted.length - holding + 0.5) / (holding + 0.5))] as const;
    }),
  );
  const whole = [...rarity.values()].reduce((sum, one) => sum + one, 0);
  return counted
    .filter(({ counts }) => counts.size > 0)
    .map(({ of, size, counts }) => {
      const long = BM25.k1 * (1 - BM25.b + BM25.b * (size / meanSize));
      let score = 0;
      let held = 0;
      for (const [term, count] of counts) {
        const weight = rarity.get(term) ?? 0;
        score += (weight * count * (BM25.k1 + 1)) / (count + long);
        held += weight;
      }
      return { of, score, share: held / whole };
    })
    .toSorted((a, b) => b.score - a.score);
}

function countsOf(words: readonly string[], wanted: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
