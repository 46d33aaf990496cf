/** Caps on money spent with model providers, in US dollars. */
export interface BudgetCaps {
  readonly perAnomaly: number;
  readonly perDay: number;
  readonly perWorkspace: number;
}

/** What is spent or set aside, in US dollars. */
export interface Spent {
  readonly anomaly: number;
  /** Since midnight, UTC. */
  readonly day: number;
  /** Ever. */
  readonly workspace: number;
}

/** The first cap that `spent` exceeds, in words; null when all hold. */
export function exceededCap(caps: BudgetCaps, spent: Spent): string | null {
  if (spent.anomaly > caps.perAnomaly) return 'the budget of this anomaly is spent';
  if (spent.day > caps.perDay) return 'the budget of the day is spent';
  if (spent.workspace > caps.perWorkspace) return 'the budget of the workspace is spent';
  return null;
}
