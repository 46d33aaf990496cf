import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../../ports/clock.ts';

/** Somebody may have written. */
export interface Sign {
  /** Called by a writer in this process. */
  give(): void;
  /** Resolves at the next sign (or at once for one that came while nobody waited), after `ms`, or on abort. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Signs of the file system for `folder`, and those that `give` makes. It only ever wakes: `ms` finds what it misses. */
export function signOf(folder: string | null, clock: Clock): Sign {
  let given = false;
  let wake: (() => void) | null = null;
  let watcher: FSWatcher | null = null;

  const give = (): void => {
    given = true;
    wake?.();
  };
  const watchFolder = (): void => {
    if (folder === null || watcher !== null) return;
    try {
      watcher = watch(folder, give);
      given = true; // what was written before the watch began made no sign
      watcher.on('error', () => undefined); // such as too few watches of the system: the caller's `ms` stays
      watcher.unref();
    } catch {
      // The folder is not there yet: looked at again at the next wait.
    }
  };
  return {
    give,
    async next(ms, signal) {
      watchFolder();
      if (!given) {
        const sleep = new AbortController();
        wake = () => sleep.abort();
        signal.addEventListener('abort', wake, { once: true });
        if (!signal.aborted) await clock.sleep(ms, sleep.signal);
        signal.removeEventListener('abort', wake);
        wake = null;
      }
      given = false;
    },
    close: () => watcher?.close(),
  };
}
