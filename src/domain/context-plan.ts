import type { ContextItem } from './diagnosis.ts';

/** One piece of evidence with what became of it. */
export interface PlannedItem extends ContextItem {
  /** When it was, epoch ms; null for what has no time. */
  readonly time: number | null;
  /** What it is worth beside the others, (0,1]; 1 is the anomaly itself. */
  readonly weight: number;
  /** What it takes of the budget; 0 when it is left out. */
  readonly tokens: number;
  /** What it would take whole. */
  readonly wholeTokens: number;
  /** What is left out has no text. */
  readonly fate: 'taken' | 'shortened' | 'left_out';
  /** Why it is not told whole; empty where it is. */
  readonly why: string;
}

/** Which evidence is told in a diagnosis, and which is not. */
export interface ContextPlan {
  /** Tokens that all of it together may take, and does take. */
  readonly budget: number;
  readonly used: number;
  /** In the order in which they are told. */
  readonly items: readonly PlannedItem[];
}
