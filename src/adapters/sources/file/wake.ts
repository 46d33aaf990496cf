import { watch } from 'chokidar';
import type { Clock } from '../../../ports/clock.ts';
import { foldersOf } from './discover.ts';

/** Signs from the file system that something may have changed. */
export interface Wake {
  /** Resolves at the next sign, after `ms`, or when `signal` aborts. */
  next(clock: Clock, ms: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Watches the folders in which the paths lie. A sign that comes while nobody waits is kept. */
export function watchFolders(paths: readonly string[], root: string): Wake {
  let changed = false;
  let wake: (() => void) | null = null;
  const watcher = watch([...foldersOf(paths, root)], {
    ignoreInitial: true,
    depth: 3,
    ignored: (path) => /[\\/](node_modules|\.git)([\\/]|$)/.test(path),
  });
  watcher.on('all', () => {
    changed = true;
    wake?.();
  });
  watcher.on('error', () => undefined); // such as ENOSPC of inotify: polling goes on
  return {
    async next(clock, ms, signal) {
      if (!changed) {
        const sign = new AbortController();
        wake = () => sign.abort();
        await clock.sleep(ms, AbortSignal.any([signal, sign.signal]));
        wake = null;
      }
      changed = false;
    },
    close: () => watcher.close(),
  };
}
