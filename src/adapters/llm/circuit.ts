/** Failures in a row that open a circuit. */
const OPENS_AFTER = 5;
/** How long an open circuit rests before it is tried again, ms. */
const RESTS_MS = 30_000;
/** Successes in a row that close a half-open circuit. */
const CLOSES_AFTER = 3;

/**
 * A circuit breaker (Nygard, "Release It!") as values: calls pass while it is closed or half-open; the first failure of
 * a half-open one opens it again. Times are epoch ms.
 */
export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly since: number }
  | { readonly state: 'half-open'; readonly successes: number };

export const CLOSED: Circuit = { state: 'closed', failures: 0 };

/** The circuit at `now`: an open one that has rested is half-open. */
export function asOf(circuit: Circuit, now: number): Circuit {
  const hasRested = circuit.state === 'open' && now - circuit.since >= RESTS_MS;
  return hasRested ? { state: 'half-open', successes: 0 } : circuit;
}

/** An answer that an open circuit brings (it may have been asked for want of any other) counts as a first success. */
export function afterSuccess(circuit: Circuit, now: number): Circuit {
  const before = asOf(circuit, now);
  if (before.state === 'closed') return CLOSED;
  const successes = before.state === 'half-open' ? before.successes + 1 : 1;
  return successes >= CLOSES_AFTER ? CLOSED : { state: 'half-open', successes };
}

export function afterFailure(circuit: Circuit, now: number): Circuit {
  const before = asOf(circuit, now);
  if (before.state !== 'closed') return { state: 'open', since: now };
  const failures = before.failures + 1;
  return failures >= OPENS_AFTER ? { state: 'open', since: now } : { state: 'closed', failures };
}
