import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, numbered } from '../../src/diagnosis/context/candidate.ts';
import { planContext, toldItems } from '../../src/diagnosis/context/planner.ts';
import { shorten } from '../../src/diagnosis/context/shorten.ts';
import { tokensOf } from '../../src/diagnosis/context/tokens.ts';
import { redact } from '../../src/domain/redact.ts';
import { named, standing, WRITINGS } from '../support/secrets.ts';

const SECRET = fc.oneof(
  standing,
  fc.tuple(named, fc.constantFrom(...WRITINGS)).map(([[name, value], write]) => write(name, value)),
);
const anyLine = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.lorem({ maxCount: 12 }),
  fc.stringMatching(/^ {0,8}at f \(src\/[a-z]{1,9}\.js:\d{1,4}:\d\)$/),
  SECRET,
);
const anyText = fc.array(anyLine, { maxLength: 60 }).map((lines) => lines.join('\n'));
const anyWeight = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const anyTime = fc.option(fc.nat(2_000_000_000_000), { nil: null });

const anyFound = fc.record({ title: anyText, time: anyTime, text: anyText, weight: anyWeight });
const KINDS = [
  ['L', 'log'],
  ['M', 'metric'],
  ['S', 'code'],
  ['C', 'commit'],
  ['F', 'config'],
  ['H', 'past'],
] as const;

/** The anomaly itself, then up to six of each other kind. */
const anyCandidates: fc.Arbitrary<readonly Candidate[]> = fc
  .tuple(anyFound, ...KINDS.map(() => fc.array(anyFound, { maxLength: 6 })))
  .map(([first, ...others]) => [
    { ...first, id: 'E1', kind: 'error' as const, weight: 1, focus: null },
    ...KINDS.flatMap(([letter, kind], i) =>
      numbered(
        letter,
        (others[i] ?? []).map((found) => ({ ...found, kind })),
      ),
    ),
  ]);
const anyBudget = fc.integer({ min: 500, max: 12_000 });

describe('the plan of a context', () => {
  it('never takes more than its budget, and always tells the anomaly itself', () => {
    fc.assert(
      fc.property(anyCandidates, anyBudget, (candidates, budget) => {
        const plan = planContext(candidates, budget);
        const told = toldItems(plan);
        expect(plan.used).toBeLessThanOrEqual(budget);
        expect(
          told.reduce((sum, { title, text }) => sum + tokensOf(title) + tokensOf(text), 0),
        ).toBeLessThanOrEqual(plan.used);
        expect(told[0]?.id).toBe('E1');
      }),
      { numRuns: 200 },
    );
  });

  it('says of every piece of evidence what became of it, under an id of its own that no budget changes', () => {
    fc.assert(
      fc.property(anyCandidates, anyBudget, anyBudget, (candidates, one, other) => {
        const plan = planContext(candidates, one);
        const ids = plan.items.map(({ id }) => id);
        expect(ids).toEqual(candidates.map(({ id }) => id));
        expect(new Set(ids).size).toBe(ids.length);
        expect(planContext(candidates, other).items.map(({ id, title }) => [id, title])).toEqual(
          plan.items.map(({ id, title }) => [id, title]),
        );
        for (const { fate, why, tokens, wholeTokens } of plan.items) {
          expect(why === '').toBe(fate === 'taken');
          expect(tokens).toBeLessThanOrEqual(wholeTokens);
          expect(tokens === 0).toBe(fate === 'left_out');
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is the same for the same evidence, and tells all of it where there is room', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        const plan = planContext(candidates, 1_000_000);
        expect(planContext(candidates, 1_000_000)).toEqual(plan);
        expect(plan.items.every(({ fate }) => fate === 'taken')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('holds nothing that has not passed the redaction door, however it was cut', () => {
    fc.assert(
      fc.property(anyCandidates, anyBudget, (candidates, budget) => {
        for (const { title, text } of planContext(candidates, budget).items) {
          expect(redact(title)).toBe(title);
          expect(redact(text)).toBe(text);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a text that is shortened', () => {
  it('fits, and keeps the line that it is about', () => {
    const anyLines = fc.array(fc.lorem({ maxCount: 8 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(anyLines, fc.nat(79), fc.integer({ min: 40, max: 400 }), (lines, at, tokens) => {
        const focus = Math.min(at, lines.length - 1);
        const short = shorten(lines.join('\n'), tokens, focus);
        expect(tokensOf(short)).toBeLessThanOrEqual(tokens);
        expect(short.split('\n')).toContain(lines[focus]);
      }),
      { numRuns: 200 },
    );
  });
});
