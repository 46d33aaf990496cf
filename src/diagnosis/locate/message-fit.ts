import type { Printed } from '../../ports/syntax.ts';
import { MESSAGE } from './weights.ts';

/** Words of two letters and more, lower case; numbers and wildcards are what changes from line to line. */
export function messageWords(text: string): readonly string[] {
  return (
    text
      .replaceAll(/<[*:\w]+>/g, ' ')
      .toLowerCase()
      .match(/\p{L}[\p{L}']+/gu) ?? []
  );
}

/** How well texts of a program fit messages. */
export interface Fit {
  /** [0,1]: 1 where each is all of the other. */
  of(message: readonly string[], printed: Printed): number;
}

/**
 * A text fits as far as its words stand in the message in the same order (their longest common subsequence), weighed by
 * rarity among all texts. The measure is the geometric mean of how much of the message the text holds, and how much of
 * the text the message holds: a short text in a long line is not the statement that printed it.
 */
export function fitAmong(all: readonly Printed[]): Fit {
  const words = new Map(all.map((one) => [one, one.parts.flatMap(messageWords)] as const));
  const holding = new Map<string, number>();
  for (const each of words.values()) {
    for (const word of new Set(each)) holding.set(word, (holding.get(word) ?? 0) + 1);
  }
  const weight = (word: string): number => {
    const count = holding.get(word);
    return count === undefined ? MESSAGE.unknownWord : Math.log(1 + all.length / count) + 1;
  };
  const sum = (some: readonly string[]): number => some.reduce((total, word) => total + weight(word), 0);
  return {
    of(message, printed) {
      const text = words.get(printed) ?? [];
      const shared = commonWeight(message, text, weight);
      return shared === 0 ? 0 : shared / Math.sqrt(sum(message) * sum(text));
    },
  };
}

/** Weight of the longest common subsequence (Wagner and Fischer, one row at a time). */
function commonWeight(a: readonly string[], b: readonly string[], weight: (word: string) => number): number {
  if (!a.some((word) => b.includes(word))) return 0;
  let above = b.map(() => 0);
  for (const word of a) {
    const row: number[] = [];
    for (const [at, other] of b.entries()) {
      const taken = word === other ? (above[at - 1] ?? 0) + weight(word) : 0;
      row.push(Math.max(taken, above[at] ?? 0, row[at - 1] ?? 0));
    }
    above = row;
  }
  return above.at(-1) ?? 0;
}
