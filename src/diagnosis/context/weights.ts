import type { ContextItem } from '../../domain/diagnosis.ts';

/** What each kind of evidence is worth beside the anomaly itself, which is 1. Set by hand. */
export const WORTH = {
  code: 0.9,
  causes: 0.85,
  request: 0.8,
  readings: 0.75,
  before: 0.7,
  pastSame: 0.7,
  sameRequestLog: 0.65,
  pattern: 0.6,
  commit: 0.6,
  deploy: 0.55,
  pastSimilar: 0.5,
  companion: 0.5,
  neighbour: 0.5,
  configuration: 0.5,
  errorLog: 0.45,
  commitBefore: 0.4,
  hours: 0.4,
  log: 0.25,
} as const;

/** Each further one of its kind is worth this much of the one before. */
export const NEXT = 0.9;

/** Tokens of the best of each kind that no other kind can take away, before anything is told at length. */
export const FLOOR: Readonly<Record<ContextItem['kind'], number>> = {
  error: 500,
  log: 200,
  metric: 150,
  trace: 150,
  deploy: 80,
  commit: 80,
  code: 350,
  pattern: 80,
  past: 150,
  config: 100,
};
