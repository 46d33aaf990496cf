import type { CarriedLine } from '../../../domain/event.ts';
import type { StackTrace } from '../../../domain/trace.ts';

/** A line where it stood. */
export interface Line {
  readonly text: string;
  readonly offset: number;
  /** What a cursor needs to go on from here. */
  readonly mark: string | null;
  /** Epoch ms. */
  readonly receivedAt: number;
  /** What its carrier knows of it. */
  readonly carried: CarriedLine | null;
}

/** What completes the dates in a line, epoch ms: when it was written, where its carrier knows. */
export function writtenAt({ carried, receivedAt }: Line): number {
  return carried?.timestamp ?? receivedAt;
}

/** What the joiner makes of lines: one by itself, or many that are one stack trace (the first may be a logger's own line). */
export interface Joined {
  readonly lines: readonly [Line, ...Line[]];
  readonly trace: StackTrace | null;
}
