import type { Clock } from '../ports/clock.ts';
import type { Source } from '../ports/source.ts';

const LONG_MS = 3_600_000;

/** A source that is read from nowhere: its events come through the API. */
export function apiSource(name: string, clock: Clock): Source {
  return {
    name,
    async *read(_, signal) {
      while (!signal.aborted) await clock.sleep(LONG_MS, signal);
      yield* [];
    },
    health: () => ({ state: 'idle', lagBytes: 0, streams: 1, dropped: 0, lastError: null }),
  };
}
