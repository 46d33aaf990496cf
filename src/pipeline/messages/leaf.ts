import { LEARNT, type Template } from './template.ts';

/** Templates of one level and one number of words. */
export interface Leaf {
  /** In order of first sight, without those that were taken into others. */
  live: readonly Template[];
  readonly byWords: Map<string, Template>;
  /** Those of them that match more than their own words. */
  learnt: readonly Template[];
  /** Changes when words that were known may belong elsewhere. */
  version: number;
}

export function emptyLeaf(): Leaf {
  return { live: [], byWords: new Map(), learnt: [], version: 0 };
}

/** The template that these words belong to, or null; the one that says most where several would do. */
export function matching(leaf: Leaf, words: readonly string[]): Template | null {
  const own = leaf.byWords.get(keyOf(words));
  if (own !== undefined) return own;
  let best: Template | null = null;
  for (const one of leaf.learnt) {
    if (covers(one.words, words) && (best === null || learntIn(one) < learntIn(best))) best = one;
  }
  return best;
}

export function enter(leaf: Leaf, template: Template): void {
  leaf.live = [...leaf.live, template];
  leaf.byWords.set(keyOf(template.words), template);
  if (learntIn(template) > 0) leaf.learnt = [...leaf.learnt, template];
}

/** From now on `kept` has these words, and stands for the others too. */
export function unite(
  leaf: Leaf,
  kept: Template,
  others: readonly Template[],
  words: readonly string[],
): void {
  for (const one of [kept, ...others]) leaf.byWords.delete(keyOf(one.words));
  for (const one of others) one.into = kept.index;
  if (others.length > 0) kept.grown += 1;
  kept.words = words;
  leaf.byWords.set(keyOf(words), kept);
  leaf.live = leaf.live.filter(({ into }) => into === null);
  leaf.learnt = leaf.live.filter((one) => learntIn(one) > 0);
  leaf.version += 1;
}

function keyOf(words: readonly string[]): string {
  return words.join('\n');
}

function learntIn({ words }: Template): number {
  return words.filter((word) => word === LEARNT).length;
}

export function covers(template: readonly string[], words: readonly string[]): boolean {
  return template.every((word, i) => word === words[i] || word === LEARNT);
}
