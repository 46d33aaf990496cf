import type { Clock } from '../../ports/clock.ts';

/** Lets one loop sleep until something happens. */
export interface Wake {
  ring(): void;
  /** Resolves at the next ring (or at once for one that came while nobody waited), after `ms`, or on abort. */
  next(clock: Clock, ms: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async next(clock, ms, signal) {
      if (!rung && !signal.aborted) {
        const sign = new AbortController();
        wake = () => sign.abort();
        signal.addEventListener('abort', wake, { once: true });
        await clock.sleep(ms, sign.signal);
        signal.removeEventListener('abort', wake);
        wake = null;
      }
      rung = false;
    },
  };
}
