import { type FSWatcher, type WatchEventType, watch } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import type { Clock } from '../../../../ports/clock.ts';
import { reasonOf } from '../reason.ts';

/**
 * Signs from the file system that something may have changed. They only ever wake: where a file system gives none (NFS,
 * or too few watches are left), the caller's `ms` finds the change.
 */
export interface Wake {
  /** Signs are wanted of what lies in these folders, and of no others. One that is missing: of its appearing. */
  watch(folders: Iterable<string>): void;
  /** Paths that gave a sign since this was last asked. */
  take(): Signs;
  /** Resolves at the next sign (or at once for one that came while nobody waited), after `ms`, or on abort. */
  next(clock: Clock, ms: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface Signs {
  readonly changed: readonly string[];
  /** Something appeared or went under this name; a folder when it cannot be told where in it. */
  readonly renamed: readonly string[];
}

/** Is this sign worth waking for? */
export type Wants = (event: WatchEventType, path: string) => boolean;

export type MakeWake = (wants: Wants) => Wake;

/** Watches are a scarce thing of the system; folders beyond so many are found changed by looking. */
const MOST_FOLDERS = 512;

/** Folders are watched, not files: measured, a sign costs 20 us, and nothing else is read or listed for it. */
export const fileSystemWake: MakeWake = (wants) => {
  const watched = new Map<string, Watched>();
  const changed = new Set<string>();
  const renamed = new Set<string>();
  let wake: (() => void) | null = null;

  const forget = (folder: string): void => {
    watched.get(folder)?.watcher.close();
    watched.delete(folder);
  };
  const begin = (folder: string): void => {
    const hear = (event: WatchEventType, path: string): void => {
      if (!wants(event, path)) return;
      (event === 'rename' ? renamed : changed).add(path);
      wake?.();
    };
    const begun = watchNearest(folder, hear, () => forget(folder));
    if (begun !== null) watched.set(folder, begun);
  };

  return {
    watch(folders) {
      const now = new Set([...folders].slice(0, MOST_FOLDERS));
      for (const [folder, { at }] of watched) if (!now.has(folder) || at !== folder) forget(folder);
      for (const folder of now) if (!watched.has(folder)) begin(folder);
    },
    take() {
      const signs = { changed: [...changed], renamed: [...renamed] };
      changed.clear();
      renamed.clear();
      return signs;
    },
    async next(clock, ms, signal) {
      if (changed.size + renamed.size > 0 || signal.aborted) return;
      const sign = new AbortController();
      wake = () => sign.abort();
      signal.addEventListener('abort', wake, { once: true });
      await clock.sleep(ms, sign.signal);
      signal.removeEventListener('abort', wake);
      wake = null;
    },
    close() {
      for (const folder of watched.keys()) forget(folder);
    },
  };
};

interface Watched {
  /** The folder itself, or the nearest one above it that is there. */
  readonly at: string;
  readonly watcher: FSWatcher;
}

type Hear = (event: WatchEventType, path: string) => void;

/** Null when it may not be watched, or too few watches of the system are left: the caller's `ms` stays. */
function watchNearest(folder: string, hear: Hear, gone: () => void): Watched | null {
  for (let at = folder; ; at = dirname(at)) {
    try {
      const watcher = watch(at, (event, name) => {
        // A folder that is moved or deleted says so by its own name, and then nothing more.
        const itself = name === null || (event === 'rename' && name === basename(at));
        if (itself) gone();
        hear(itself ? 'rename' : event, itself ? at : `${at}${at.endsWith(sep) ? '' : sep}${name}`);
      });
      watcher.on('error', gone);
      return { at, watcher };
    } catch (error) {
      if (reasonOf(error) !== 'ENOENT' || at === dirname(at)) return null;
    }
  }
}
