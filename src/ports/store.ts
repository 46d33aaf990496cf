import type { Anomaly, AnomalyState, AnomalyStatus } from '../domain/anomaly.ts';
import type { Spent } from '../domain/budget.ts';
import type { DeadLetter } from '../domain/dead-letter.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { Fix } from '../domain/fix.ts';
import type { Job, JobStatus } from '../domain/job.ts';
import type { KeptEvent } from '../domain/kept-event.ts';
import type { KeptRecord } from '../domain/kept-record.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import type { Rollup } from '../domain/rollup.ts';
import type { Recorded, Sighting } from '../domain/sighting.ts';
import type { Cursor } from './source.ts';

/** Everything that one transaction saves of a source: either all of it is there after a crash, or none. */
export interface Progress {
  readonly source: string;
  readonly cursors: readonly Cursor[];
  /** Streams that will never be read again; their cursors are dropped. */
  readonly endedStreams: readonly string[];
  /** Changed detector memory by part; null drops the part. */
  readonly memory: ReadonlyMap<string, Uint8Array | null>;
  /** In the order in which they were seen. */
  readonly sightings: readonly Sighting[];
  readonly dead: readonly DeadLetter[];
  /** Hours of series that are over. */
  readonly rollups: readonly Rollup[];
  /** Whole events that are to be kept. */
  readonly kept: readonly KeptEvent[];
  /** Events read, and records lost, since the last commit. */
  readonly events: number;
  readonly dropped: number;
  readonly at: number;
}

/** A page of a list; `next` is handed back to go on, null at the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface AnomalyQuery {
  readonly status: AnomalyStatus | null;
  /** Epoch ms, inclusive. */
  readonly from: number | null;
  readonly to: number | null;
  readonly confidenceMin: number | null;
  readonly source: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface PullQuery {
  readonly status: PullRequest['status'] | null;
  readonly repository: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface DeadQuery {
  readonly source: string | null;
  readonly after: string | null;
  readonly limit: number;
}

export interface RollupQuery {
  readonly source: string;
  /** Null for all of the source. */
  readonly series: string | null;
  /** Epoch ms, inclusive. */
  readonly from: number;
  readonly to: number;
}

export interface RecordQuery {
  /** When they happened, epoch ms, inclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: 'oldest_first' | 'newest_first';
  readonly source: string | null;
  /** A text that they contain, such as the id of a request; `%`, `_` and backslash in it match any character. */
  readonly saying: string | null;
  readonly limit: number;
}

/** The newest of what became of an anomaly, whatever its status says now. */
export interface Became {
  readonly diagnosis: Diagnosis | null;
  readonly fix: Fix | null;
  readonly pull: PullRequest | null;
}

/** What was deleted because it was old. */
export interface Pruned {
  readonly anomalies: number;
  readonly events: number;
  readonly deadLetters: number;
  readonly rollups: number;
}

export interface SourceTotals {
  readonly source: string;
  readonly events: number;
  readonly dropped: number;
  readonly lastCommit: number;
}

export interface Totals {
  readonly anomalies: number;
  readonly diagnoses: number;
  readonly fixes: number;
  readonly fixesProven: number;
  readonly pulls: number;
}

/** What is kept. Writes are compare-and-set, so a job that comes twice is harmless. */
export interface Store {
  /** Saves progress and records sightings by `record` of domain/sighting, in one transaction. */
  commit(progress: Progress): Promise<readonly Recorded[]>;
  cursors(source: string): Promise<readonly Cursor[]>;
  memory(source: string): Promise<ReadonlyMap<string, Uint8Array>>;
  sourceTotals(): Promise<readonly SourceTotals[]>;

  deadLetters(query: DeadQuery): Promise<Page<DeadLetter>>;
  /** At most `limit` of those whose id starts with `prefix`. */
  deadByPrefix(prefix: string, limit: number): Promise<readonly DeadLetter[]>;
  dropDead(ids: readonly string[]): Promise<void>;
  /** How many there are. */
  deadCount(): Promise<number>;

  /** Names of the series of a source that have hours rolled up. */
  rolledSeries(source: string): Promise<readonly string[]>;
  /** In order of time. */
  rollups(query: RollupQuery): Promise<readonly Rollup[]>;
  /** Stored log records and errors. */
  records(query: RecordQuery): Promise<readonly KeptRecord[]>;

  /**
   * Deletes what is older than `before` (epoch ms), at most `limit` of a kind: closed anomalies with what hangs on them,
   * events and dead letters by when they were stored; and hours.
   */
  prune(before: number, limit: number): Promise<Pruned>;
  /** Deletes the oldest stored events, at most `limit`; answers how many. */
  pruneEvents(limit: number): Promise<number>;
  /** Bytes on the disk. */
  size(): Promise<number>;
  /** Gives freed space back, a little at a time; true when there is more to do. */
  vacuum(): Promise<boolean>;
  totals(): Promise<Totals>;

  anomaly(id: string): Promise<Anomaly | null>;
  /** At most `limit` anomalies whose id starts with `prefix`. */
  anomaliesByPrefix(prefix: string, limit: number): Promise<readonly Anomaly[]>;
  anomalies(query: AnomalyQuery): Promise<Page<Anomaly>>;
  /** Moves it only if it still is `from`; answers the anomaly as it now is, or null if another was first. */
  moveAnomaly(id: string, from: AnomalyStatus, to: AnomalyState): Promise<Anomaly | null>;
  /** Mutes it until then (epoch ms), or no longer; answers the anomaly as it now is, or null when there is none. */
  muteAnomaly(id: string, until: number | null): Promise<Anomaly | null>;
  /** Anomalies whose status is one of these, oldest first: what `sweep` looks at. */
  unfinished(statuses: readonly AnomalyStatus[], limit: number): Promise<readonly Anomaly[]>;

  became(anomalyId: string): Promise<Became>;

  saveDiagnosis(diagnosis: Diagnosis): Promise<void>;
  diagnosis(id: string): Promise<Diagnosis | null>;

  saveFix(fix: Fix): Promise<void>;
  fix(id: string): Promise<Fix | null>;

  savePull(pull: PullRequest): Promise<void>;
  pull(id: string): Promise<PullRequest | null>;
  pulls(query: PullQuery): Promise<Page<PullRequest>>;
  pullOfBranch(repository: string, branch: string): Promise<PullRequest | null>;

  /**
   * Inserts when `from` is null, else saves only if the stored status is still `from`. True when saved. A job that would
   * be the second one queued or processing for its subject and kind is not saved.
   */
  saveJob(job: Job, from: JobStatus | null): Promise<boolean>;
  job(id: string): Promise<Job | null>;
  /** Jobs in these statuses, oldest first. */
  jobs(statuses: readonly JobStatus[], limit: number): Promise<readonly Job[]>;
  /** The job that is queued or processing for this subject and kind, if any. */
  activeJob(subject: string, kind: Job['kind']): Promise<Job | null>;
  /** The newest job of this subject and kind, whatever became of it. */
  latestJob(subject: string, kind: Job['kind']): Promise<Job | null>;

  /** Reserves money before a model call; settle it with what it cost. */
  spend(anomalyId: string, dollars: number, at: number): Promise<void>;
  /** What was spent for an anomaly, since a moment (`day`), and ever. */
  spent(anomalyId: string, since: number): Promise<Spent>;

  close(): Promise<void>;
}
