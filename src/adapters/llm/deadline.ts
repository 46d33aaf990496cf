import type { Clock } from '../../ports/clock.ts';

/** The call took longer than it may. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

interface Limits {
  readonly clock: Clock;
  /** Longest wait for all of it, ms. */
  readonly ms: number;
  readonly signal: AbortSignal;
}

/**
 * Ends with the work, or after `ms` of the clock, or when `signal` aborts, whichever comes first. The limit is a total
 * one: an idle-socket timeout never fires while a provider sends empty lines to keep the connection alive.
 * @throws TooLate; the signal's reason; and what the work throws.
 */
export async function within<T>(
  { clock, ms, signal }: Limits,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const over = new AbortController();
  const ended = new Promise<never>((_, fail) => {
    const stop = AbortSignal.any([signal, late.signal]);
    stop.addEventListener('abort', () => fail(stop.reason), { once: true, signal: over.signal });
  });
  const timer = clock.sleep(ms, over.signal).then(() => {
    if (!over.signal.aborted) late.abort(new TooLate(`longer than ${ms} ms`));
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([work(AbortSignal.any([signal, late.signal])), ended]);
  } finally {
    over.abort();
    await timer;
  }
}
