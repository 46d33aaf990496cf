import type { ContextItem } from '../../domain/diagnosis.ts';

/** A piece of evidence that may be told. Its text has not passed the redaction door yet. */
export interface Candidate {
  /** A letter for what it is and a number: stable within one diagnosis, whatever else is told or left out. */
  readonly id: string;
  readonly kind: ContextItem['kind'];
  readonly title: string;
  /** When it was, epoch ms; null for what has no time. */
  readonly time: number | null;
  readonly text: string;
  /** How much it is worth beside the others, (0,1]; 1 is the anomaly itself. */
  readonly weight: number;
  /** Line (from 0) that a shortened text keeps, with those around it; null keeps beginning and end. */
  readonly focus: number | null;
}

/** Candidates of one kind, numbered in order of their worth: `L1`, `L2`. */
export function numbered(
  letter: string,
  found: readonly Omit<Candidate, 'id' | 'focus'>[],
): readonly Candidate[] {
  return found.map((one, i) => ({ ...one, id: `${letter}${i + 1}`, focus: null }));
}

/** For people and models: `2026-01-05 12:00:00.123`, UTC. */
export function timeText(ms: number): string {
  return new Date(ms)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '');
}
