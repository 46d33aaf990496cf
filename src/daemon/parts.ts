import type { RetentionRules } from '../domain/retention.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Intake, Source } from '../ports/source.ts';
import type { WorkflowPorts } from '../workflow/ports.ts';

/** A source with the word for its kind, as `status` shows it: `file`, `journal`, `api`. */
export interface WatchedSource {
  readonly type: string;
  readonly source: Source;
  /** The way in, for a source that events are sent to; null for one that goes and reads. */
  readonly intake: Intake | null;
}

/** Everything a daemon is made of. `compose` makes one; nothing here chooses an implementation. */
export interface DaemonParts {
  readonly version: string;
  /** Absolute root of the workspace. */
  readonly root: string;
  readonly paths: DaemonPaths;
  /** Exits after this long without a client, a running job or a source that delivers. */
  readonly idleMs: number;
  readonly retention: RetentionRules;
  /** Accepted records that wait to be read, of all receivers. */
  backlog(): number;
  /** Configured sources. Names are unique. */
  readonly sources: readonly WatchedSource[];
  /** TCP ports on which events are taken in. */
  readonly http: readonly HttpPort[];
  /** A source of this name for events that come through the API. */
  openApiSource(name: string): WatchedSource;
  /** Names of those that an earlier daemon had, so that what they had accepted is read. */
  findApiSources(): Promise<readonly string[]>;
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

export interface HttpPort {
  readonly name: string;
  readonly host: string;
  readonly port: number;
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
