import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Graded,
  type GroundKind,
  lowered,
  MOST_LIKELY,
  surenessOf,
  WEIGHT,
} from '../../../../src/diagnosis/verdict/sureness.ts';
import { redact } from '../../../../src/domain/redact.ts';

const ground = (kind: GroundKind, sure: 'confirmed' | 'likely' = 'confirmed'): Graded => ({
  kind,
  claim: { text: redact(kind), restsOn: ['E1'], sure },
});
const anyGround = fc
  .record({
    kind: fc.constantFrom(...(Object.keys(WEIGHT) as GroundKind[])),
    sure: fc.constantFrom('confirmed' as const, 'likely' as const),
  })
  .map(({ kind, sure }) => ground(kind, sure));
const RANK = { inconclusive: 0, likely: 1, confirmed: 2 };

describe('how sure a cause is', () => {
  it('is confirmed only by what shows the mechanism, once that is seen in the evidence', () => {
    expect(surenessOf([ground('frame')], [])).toEqual({ sure: 'confirmed', confidence: 0.85 });
    expect(surenessOf([ground('frame', 'likely')], [])).toEqual({ sure: 'likely', confidence: MOST_LIKELY });
    expect(surenessOf([ground('printed'), ground('recent')], [])).toEqual({
      sure: 'likely',
      confidence: 0.73,
    });
  });

  it('is inconclusive without any ground', () => {
    expect(surenessOf([], [ground('unnamed')])).toEqual({ sure: 'inconclusive', confidence: 0.1 });
  });

  it('grows with each ground for it, falls with each against it, and stays below 1', () => {
    const some = fc.array(anyGround, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(some, some, anyGround, (grounds, against, more) => {
        const { confidence } = surenessOf(grounds, against);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(surenessOf([...grounds, more], against).confidence).toBeGreaterThanOrEqual(confidence);
        expect(surenessOf(grounds, [...against, more]).confidence).toBeLessThanOrEqual(confidence);
      }),
    );
  });

  it('is never raised by lowering', () => {
    const to = fc.constantFrom('confirmed' as const, 'likely' as const, 'inconclusive' as const);
    fc.assert(
      fc.property(fc.array(anyGround, { maxLength: 5 }), to, (grounds, sure) => {
        const before = surenessOf(grounds, []);
        const after = lowered(before, sure);
        expect(after.confidence).toBeLessThanOrEqual(before.confidence);
        expect(RANK[after.sure]).toBeLessThanOrEqual(RANK[before.sure]);
      }),
    );
  });
});
