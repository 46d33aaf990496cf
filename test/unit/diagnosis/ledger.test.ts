import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openLedger, passingBudget } from '../../../src/diagnosis/ledger.ts';

const caps = (dollars: number) => ({ perAnomaly: dollars, perDay: dollars, perWorkspace: dollars });
const cost = (dollars: number) => ({ inputTokens: 10, outputTokens: 5, dollars, seconds: 1 });

describe('a ledger', () => {
  it('adds up what all calls took', async () => {
    const ledger = openLedger(passingBudget(caps(1)));
    await ledger.reserve(0.5);
    await ledger.settle(0.5, cost(0.2));
    await ledger.reserve(0.5);
    await ledger.settle(0.5, cost(0.3));
    expect(ledger.total()).toEqual({ inputTokens: 20, outputTokens: 10, dollars: 0.5, seconds: 2 });
  });

  it('makes a call that takes the last of it', async () => {
    const ledger = openLedger(passingBudget(caps(1)));
    expect(await ledger.reserve(1)).toBeNull();
    expect(await ledger.reserve(0.01)).toBe('the budget of this anomaly is spent');
  });

  it('never lets calls at one time take more than the cap, and gives back what it refused', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(amounts, fc.nat(300), async (all, cap) => {
        const budget = passingBudget(caps(cap));
        const refusals = await Promise.all(all.map((dollars) => openLedger(budget).reserve(dollars)));
        const taken = all.filter((_, at) => refusals[at] === null).reduce((sum, one) => sum + one, 0);
        expect(taken).toBeLessThanOrEqual(cap);
        expect((await budget.spent()).workspace).toBe(taken);
      }),
    );
  });
});
