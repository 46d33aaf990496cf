import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankByWords } from '../../../../src/diagnosis/locate/bm25.ts';

const documents = (texts: readonly string[]) => texts.map((text) => ({ of: text, words: text.split(' ') }));
const ranked = (query: string, texts: readonly string[]) =>
  rankByWords(query.split(' '), documents(texts)).map(({ of }) => of);

describe('ranking by words', () => {
  it('counts a rare word for more than one that is everywhere', () => {
    expect(ranked('order refund', ['order order order', 'order cart', 'order refund', 'order tax'])[0]).toBe(
      'order refund',
    );
  });

  it('counts a word for more in a short text, and hardly more for each time that it comes again', () => {
    const long = `refund ${'x '.repeat(40)}y`.trim();
    expect(ranked('refund', [long, 'refund it', 'other thing'])).toEqual(['refund it', long]);
    const [twice, once] = rankByWords(['a'], documents(['a a b b', 'a b b b', 'c c c c']));
    expect((twice?.score ?? 0) / (once?.score ?? 1)).toBeLessThan(2);
  });

  it('has the scores of the formula', () => {
    // N = 3, n = 1: ln(1 + 2.5 / 1.5); one of two words, mean length 2: k1 (1 - b + b) = 1.2.
    const [hit] = rankByWords(['refund'], documents(['refund order', 'order tax', 'cart tax']));
    expect(hit?.score).toBeCloseTo((Math.log(1 + 2.5 / 1.5) * 2.2) / 2.2, 10);
    expect(hit?.share).toBe(1);
  });

  it('says how much of the query a text holds', () => {
    const hits = rankByWords(['refund', 'nowhere'], documents(['refund order', 'tax order']));
    expect(hits).toHaveLength(1);
    expect(hits[0]?.share).toBeGreaterThan(0);
    expect(hits[0]?.share).toBeLessThan(0.5);
  });

  it('is the same in whatever order the texts come, and never negative', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
        const score = (some: typeof texts) =>
          rankByWords(
            ['a', 'b'],
            some.map((words) => ({ of: words.join(), words })),
          )
            .map((hit) => `${hit.of} ${hit.score.toFixed(9)}`)
            .toSorted();
        expect(score(texts)).toEqual(score(texts.toReversed()));
        for (const { score: one, share } of rankByWords(
          ['a'],
          texts.map((words) => ({ of: words, words })),
        )) {
          expect(one).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
