import type { Sources } from './intake/sources.ts';
import type { LiveView } from './live-view.ts';
import type { DaemonParts } from './parts.ts';

export interface IdleWatch {
  /** A client asked something. */
  touch(): void;
  /** Resolves with `idle` when it is time to go, with `stopped` when `signal` aborts first. */
  run(signal: AbortSignal): Promise<'idle' | 'stopped'>;
}

export interface Signs {
  readonly sources: Pick<Sources, 'lastEvent'>;
  readonly live: Pick<LiveView, 'activeJobs'>;
  /** Open change streams. */
  listeners(): number;
}

/** A daemon that nobody asks, with no job to do and sources that bring nothing, leaves after `idleMs`. */
export function idleWatch({ idleMs, work }: Pick<DaemonParts, 'idleMs' | 'work'>, signs: Signs): IdleWatch {
  const { clock } = work;
  let lastUse = clock.now();
  return {
    touch() {
      lastUse = clock.now();
    },
    async run(signal) {
      while (!signal.aborted) {
        if (signs.listeners() > 0 || signs.live.activeJobs().length > 0) lastUse = clock.now();
        const left = idleMs - (clock.now() - Math.max(lastUse, signs.sources.lastEvent()));
        if (left <= 0) return 'idle';
        await clock.sleep(Math.min(left, 30_000), signal);
      }
      return 'stopped';
    },
  };
}
