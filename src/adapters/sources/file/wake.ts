import { watch } from 'chokidar';
import type { Clock } from '../../../ports/clock.ts';
import { concerns, type Pattern } from './patterns.ts';

/** Signs from the file system that something may have changed. */
export interface Wake {
  /** Resolves at the next sign (or at once for one that came while nobody waited), after `ms`, or on abort. */
  next(clock: Clock, ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches the folders in which the patterns lie, and in them nothing but files that match. It only ever wakes: where the
 * file system gives no signs (NFS, too few watches), the caller's `ms` finds the change.
 */
export function watchPatterns(patterns: readonly Pattern[]): Wake {
  let changed = false;
  let wake: (() => void) | null = null;
  const watcher = watch([...new Set(patterns.map(({ base }) => base))], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      stats !== undefined && !patterns.some((pattern) => concerns(pattern, path, !stats.isDirectory())),
  });
  watcher.on('all', () => {
    changed = true;
    wake?.();
  });
  watcher.on('error', () => undefined); // such as too few watches of the system: the caller's `ms` stays
  return {
    async next(clock, ms, signal) {
      if (!changed) {
        const sign = new AbortController();
        wake = () => sign.abort();
        signal.addEventListener('abort', wake, { once: true });
        if (!signal.aborted) await clock.sleep(ms, sign.signal);
        signal.removeEventListener('abort', wake);
        wake = null;
      }
      changed = false;
    },
    close: () => watcher.close(),
  };
}
