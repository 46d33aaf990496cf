/** Caps on money spent with model providers, in US dollars. */
export interface BudgetCaps {
  readonly perAnomaly: number;
  readonly perDay: number;
}

export interface Spent {
  readonly anomaly: number;
  readonly day: number;
}

/** May a call that costs at most `estimate` be made? An unknown price (null) fails closed. */
export function withinBudget(caps: BudgetCaps, spent: Spent, estimate: number | null): boolean {
  if (estimate === null) return false;
  return spent.anomaly + estimate <= caps.perAnomaly && spent.day + estimate <= caps.perDay;
}
