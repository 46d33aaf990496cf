import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addedLineNumbers, hunksOf } from '../../../src/codegen/line-diff.ts';

const texts = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .map((lines) => lines.join('\n'));

describe('what makes one text of another', () => {
  it('names the lines that are new', () => {
    expect(addedLineNumbers('a\nb\nc', 'a\nx\nb\ny\nc')).toEqual([2, 4]);
    expect(addedLineNumbers('', 'a\nb')).toEqual([1, 2]);
    expect(addedLineNumbers('a\nb', 'a\nb')).toEqual([]);
    expect(hunksOf('a\nb\nc', 'a\nc')).toEqual([{ from: 2, added: [], removed: ['b'] }]);
    expect(hunksOf('a\nb\nc', 'a\nB\nc')).toEqual([{ from: 2, added: ['B'], removed: ['b'] }]);
  });

  it('gives the new text when it is done to the old one', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const lines = before.split('\n');
        for (const { from, added, removed } of hunksOf(before, after)) {
          expect(lines.slice(from - 1, from - 1 + removed.length)).toEqual(removed);
          lines.splice(from - 1, removed.length, ...added);
        }
        expect(lines.join('\n')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  it('does not take for ever where all is new', () => {
    const many = (word: string) => Array.from({ length: 5_000 }, (_, at) => `${word}${at}`).join('\n');
    expect(hunksOf(many('a'), many('b'))).toHaveLength(1);
  });
});
