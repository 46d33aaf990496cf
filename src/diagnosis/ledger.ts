import { type BudgetCaps, exceededCap, type Spent } from '../domain/budget.ts';
import type { Cost } from '../domain/diagnosis.ts';
import type { Ledger } from '../ports/model.ts';

/** Where the money of one anomaly is kept. */
export interface Budget {
  readonly caps: BudgetCaps;
  spent(): Promise<Spent>;
  /** Negative for what is given back. */
  spend(dollars: number): Promise<void>;
}

/** A budget that is kept nowhere, for a question that is asked without a daemon. */
export function passingBudget(caps: BudgetCaps): Budget {
  let all = 0;
  return {
    caps,
    spent: () => Promise.resolve({ anomaly: all, day: all, workspace: all }),
    spend(dollars) {
      all += dollars;
      return Promise.resolve();
    },
  };
}

/** The calls of one diagnosis: what they cost together, whatever came of them. */
export interface OpenLedger extends Ledger {
  total(): Cost;
}

/**
 * Money is set aside before the caps are looked at, so that two diagnoses at a time cannot both take the last of it.
 * What a killed daemon had set aside stays spent: the call may have been billed.
 */
export function openLedger(budget: Budget): OpenLedger {
  let total: Cost = { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0 };
  return {
    async reserve(dollars) {
      await budget.spend(dollars);
      const refusal = exceededCap(budget.caps, await budget.spent());
      if (refusal !== null) await budget.spend(-dollars);
      return refusal;
    },
    async settle(reserved, cost) {
      total = sum(total, cost);
      await budget.spend(cost.dollars - reserved);
    },
    total: () => total,
  };
}

function sum(a: Cost, b: Cost): Cost {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    dollars: a.dollars + b.dollars,
    seconds: a.seconds + b.seconds,
  };
}
