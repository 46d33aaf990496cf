const WORD = /\p{Lu}+(?!\p{Ll})|\p{L}\p{Ll}*/gu;

/** Words of every program; they tell no place from another. */
const EVERYWHERE = new Set(
  `and are async await break case catch class const continue def default else end export extends false final finally
  for from func function has have import int interface its let new nil none not null package private protected public
  return self static string struct super switch that the then this throw throws true try type undefined var void when
  while with yield`.split(/\s+/),
);

/**
 * The words of code or prose, lower case and without a plural's s: `parseOrders`, `HTTP_ORDER` and "the order" share
 * `order`. Words of less than three letters and keywords are left out.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const found of text.match(WORD) ?? []) {
    if (found.length < 3) continue;
    const word = found.toLowerCase();
    if (!EVERYWHERE.has(word)) words.push(singular(word));
  }
  return words;
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
