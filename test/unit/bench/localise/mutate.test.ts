import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../bench/detection/random.ts';
import { edited, lineAt, mutationOf } from '../../../../bench/localise/mutate.ts';
import { functionsOf, parserOf } from '../../../../bench/localise/syntax.ts';

const TEXT = `import os

def keep(a, b=1):
    return a

def total(items, rate=2):
    if items is None:
        return 0
    rate = rate * 3
    for one in items:
        rate += one
    return round(rate + 1, 2)

def last():
    return 7
`;

describe('a mutation', () => {
  it('changes lines of its function only, and the same for a seed', async () => {
    const parse = await parserOf('python');
    const owner = functionsOf(parse(TEXT)).find(({ name }) => name === 'total');
    if (owner === undefined) throw new Error('the sample lost its function');
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const found = mutationOf(owner, TEXT, seeded(seed));
        if (found === null) throw new Error('no bug fits');
        const wrong = edited(TEXT, [found.edit]);
        expect(wrong).not.toBe(TEXT);
        expect(lineAt(TEXT, found.edit.from)).toBeGreaterThanOrEqual(owner.from);
        expect(lineAt(TEXT, found.edit.from)).toBeLessThanOrEqual(owner.to);
        expect(wrong.split('\n').slice(0, owner.from - 1)).toEqual(TEXT.split('\n').slice(0, owner.from - 1));
        expect(wrong.endsWith('def last():\n    return 7\n')).toBe(true);
        expect(mutationOf(owner, TEXT, seeded(seed))).toEqual(found);
      }),
      { numRuns: 50 },
    );
  });

  it('takes the line of a statement with it, and never chooses a shape without weight', async () => {
    const parse = await parserOf('python');
    const owner = functionsOf(parse(TEXT)).find(({ name }) => name === 'total');
    if (owner === undefined) throw new Error('the sample lost its function');
    const found = mutationOf(owner, TEXT, seeded(1), (shape) => (shape === 'missing guard' ? 1 : 0));
    expect(found?.shape).toBe('missing guard');
    expect(edited(TEXT, found === null ? [] : [found.edit])).toContain('rate=2):\n    rate = rate * 3\n');
  });

  it('is applied with others, in whatever order they are given', () => {
    const edits = [
      { from: 4, to: 5, text: 'E' },
      { from: 0, to: 2, text: 'a' },
    ];
    expect(edited('xxcde', edits)).toBe('acdE');
    expect(edited('xxcde', edits.toReversed())).toBe('acdE');
  });
});
