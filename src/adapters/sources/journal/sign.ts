import { type FSWatcher, watch } from 'node:fs';
import type { Clock } from '../../../ports/clock.ts';
import { createWake } from '../wake.ts';

/** Somebody may have written. */
export interface Sign {
  /** Called by a writer in this process. */
  give(): void;
  /** Resolves at the next sign (or at once for one that came while nobody waited), after `ms`, or on abort. */
  next(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets go of the folder; the next wait watches it again. */
  close(): void;
}

/** Signs of the file system for `folder`, and those that `give` makes. It only ever wakes: `ms` finds what it misses. */
export function signOf(folder: string | null, clock: Clock): Sign {
  const wake = createWake();
  let watcher: FSWatcher | null = null;

  const watchFolder = (): void => {
    if (folder === null || watcher !== null) return;
    try {
      watcher = watch(folder, () => wake.ring());
      wake.ring(); // what was written before the watch began made no sign
      watcher.on('error', () => undefined); // such as too few watches of the system: the caller's `ms` stays
      watcher.unref();
    } catch {
      // The folder is not there yet: looked at again at the next wait.
    }
  };
  return {
    give: () => wake.ring(),
    next(ms, signal) {
      watchFolder();
      return wake.next(clock, ms, signal);
    },
    close() {
      watcher?.close();
      watcher = null;
    },
  };
}
