import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Source } from '../ports/source.ts';
import type { WorkflowPorts } from '../workflow/ports.ts';

/** A source with the word for its kind, as `status` shows it: `file`, `journal`, `api`. */
export interface WatchedSource {
  readonly type: string;
  readonly source: Source;
}

/** Everything a daemon is made of. `compose` makes one; nothing here chooses an implementation. */
export interface DaemonParts {
  readonly version: string;
  /** Absolute root of the workspace. */
  readonly root: string;
  readonly paths: DaemonPaths;
  /** Exits after this long without a client, a running job or a source that delivers. */
  readonly idleMs: number;
  /** Configured sources. Names are unique. */
  readonly sources: readonly WatchedSource[];
  /** Reads the journal of a wrapped command, or of stdin, to its end. */
  openJournalSource(name: string, path: string): Source;
  /** Journals in the folder, those of an earlier daemon too. Marks the ones whose writer is gone as ended. */
  findJournals(): Promise<readonly FoundJournal[]>;
  /** Removes a journal that is read out and saved, with its end marker. */
  removeJournal(path: string): Promise<void>;
  /** A new pipeline for one source; its memory is restored by the daemon. */
  createPipeline(source: string): Pipeline;
  /** Store, queue, bus, clock, log and what jobs need. The daemon closes the store when it stops. */
  readonly work: WorkflowPorts;
}

export interface DaemonPaths {
  /** Unix socket, or named pipe on Windows. */
  readonly socket: string;
  /** File that holds who the daemon of this workspace is. */
  readonly lock: string;
  /** State folder, shown by `status`. */
  readonly state: string;
  /** Folder of the journals; only files in it can be attached. */
  readonly journals: string;
}

export interface FoundJournal {
  /** Name that the writer gave its source. */
  readonly source: string;
  readonly path: string;
}
