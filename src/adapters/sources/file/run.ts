import type { Clock } from '../../../ports/clock.ts';
import type { Wake } from './names/wake.ts';
import type { Room } from './room.ts';
import type { Tail } from './tail.ts';

/** One reading of one source. */
export interface Run {
  /** A file whose existence says that nothing more will be written; null for none. */
  readonly endMarker: string | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly room: Room;
  readonly wake: Wake;
  readonly looks: Looks;
  /** Files that have brought lines of late, and how often they have brought none since. */
  readonly hot: Map<Tail, number>;
}

/** When all names were looked at last. */
export interface Looks {
  /** Epoch ms; null before the first. */
  at: number | null;
  /** How long it took, ms. */
  tookMs: number;
  /** A sign asks for it. */
  wanted: boolean;
  /** Nothing more will be written. */
  over: boolean;
}

/** A clock that was set back must not stop anything. */
export function apart(a: number, b: number): number {
  return Math.abs(a - b);
}
