/** A moment in nanoseconds; numbers of JavaScript end at 2^53 of them, in April 1970. */
export interface Instant {
  /** Since the epoch, UTC. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanos: number;
}

export const EPOCH: Instant = { seconds: 0, nanos: 0 };

export function instantAt(ms: number): Instant {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.floor(ms - seconds * 1000) * 1_000_000 };
}

export function epochMs({ seconds, nanos }: Instant): number {
  return seconds * 1000 + Math.floor(nanos / 1_000_000);
}

/** Below 0 when `a` is the earlier one, 0 when they are the same. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanos - b.nanos;
}
