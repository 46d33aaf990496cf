import type { ColumnType, Generated } from 'kysely';

/** Tables, the same for SQLite and PostgreSQL. Times are epoch milliseconds; `json` columns hold text. */
export interface Tables {
  anomalies: AnomalyRow;
  cursors: { source: string; stream: string; position: number; mark: string | null };
  memory: { source: string; part: string; bytes: Bytes };
  source_totals: { source: string; events: number; last_commit: number; dropped: number };
  dead_letters: {
    id: string;
    source: string;
    stream: string;
    position: number;
    at: number;
    reason: string;
    text: string;
  };
  series_names: { source: string; series: string; number: number };
  rollups: { source: string; hour: number; part: number; bytes: Bytes };
  /** `at` is when it was stored, `time` when it happened. */
  events: { id: string; source: string; at: number; time: number; type: string; json: string };
  diagnoses: { id: string; anomaly_id: string; created: number; json: string };
  fixes: { id: string; anomaly_id: string; created: number; outcome: string; json: string };
  pulls: {
    id: string;
    repository: string;
    branch: string;
    status: string;
    created: number;
    json: string;
  };
  jobs: {
    id: string;
    kind: string;
    subject: string;
    status: string;
    created: number;
    json: string;
  };
  spending: { seq: Generated<number>; anomaly_id: string; dollars: number; at: number };
}

/** SQLite answers Uint8Array, pg Buffer; both are Uint8Array. */
type Bytes = ColumnType<Uint8Array, Uint8Array, Uint8Array>;

/**
 * `facts` holds what never changes; what counts up has columns of its own, and so has the status, so that counting and
 * moving never overwrite one another.
 */
export interface AnomalyRow {
  id: string;
  /** Order of recording. The newest anomaly of a fingerprint is told by it, whatever the clock of the log says. */
  seq: number;
  fingerprint: string;
  event_id: string;
  source: string;
  status: string;
  state: string;
  facts: string;
  confidence: number;
  occurrences: number;
  first_seen: number;
  last_seen: number;
  worst: number | null;
  muted_until: number | null;
  /** Points as `[time, value]` or `[time, value, low, high]`. */
  course: string;
  /** What turned abnormal with it, as JSON; null for nothing. */
  alongside: string | null;
}
