import type { Path } from './path.ts';
import type { Value } from './value.ts';

/** Replaces the text from `from` to `to`, exclusive; nothing is replaced where they are the same. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What has to be handed in for the crash to happen. */
export interface Cause {
  readonly path: Path;
  /** `empty`: an empty list, map or text, whatever it is. `single`: a list of one. */
  readonly value: Value | 'empty' | 'single';
}

/** What a routine gives back then; null where only that it does not break can be said. */
export type Promised = Value | 'a number' | null;

export interface Candidate {
  /** What the routine does now, as a sentence's end: `gives 0 back when order.customer is nothing`. */
  readonly does: string;
  readonly edits: readonly Edit[];
  /** All at once. */
  readonly causes: readonly Cause[];
  readonly gives: Promised;
}

export function edited(text: string, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((a, b) => b.from - a.from);
  return ordered.reduce((now, { from, to, text: put }) => now.slice(0, from) + put + now.slice(to), text);
}
