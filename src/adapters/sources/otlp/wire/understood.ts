import type { EventRecord } from '../../../../domain/event.ts';

/** What became of one request. */
export interface Understood {
  readonly records: readonly EventRecord[];
  /** Log records, spans or data points that could not be used. */
  readonly rejected: number;
  /** Why, without quoting what was sent; empty when nothing was rejected. */
  readonly reason: string;
}

/** Counts what cannot be used. */
export interface Rejects {
  add(reason: string, count?: number): void;
  count(): number;
  reason(): string;
}

export function rejects(): Rejects {
  const reasons = new Map<string, number>();
  return {
    add(reason, count = 1) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    },
    count: () => [...reasons.values()].reduce((sum, count) => sum + count, 0),
    reason: () => [...reasons].map(([reason, count]) => `${reason} (${count})`).join('; '),
  };
}

/** The last moment that a Date can hold. */
const LATEST_MS = 8.64e15;

/** Epoch ms of the first of some times in nanoseconds that is set and can be a time. */
export function timeOf(nanos: readonly number[], otherwise: number): number {
  for (const nano of nanos) {
    const time = Math.round(nano / 1e6);
    if (time > 0 && time <= LATEST_MS) return time;
  }
  return otherwise;
}
