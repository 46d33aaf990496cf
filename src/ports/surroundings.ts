import type { Anomaly } from '../domain/anomaly.ts';
import type { KeptRecord } from '../domain/kept-record.ts';
import type { Rollup } from '../domain/rollup.ts';
import type { Became } from './store.ts';

/** What is known beside an anomaly itself. */
export interface Around {
  /** Log records and errors near it, of all sources, in order of time; its own is among them. */
  readonly records: readonly KeptRecord[];
  /** Hours of the series of its source until it was last seen, in order of time. */
  readonly hours: readonly Rollup[];
  /** Other anomalies, newest first. */
  readonly others: readonly Anomaly[];
}

/** Where the context of an anomaly comes from. */
export interface Surroundings {
  around(anomaly: Anomaly): Promise<Around>;
  /** What became of another anomaly. */
  became(anomalyId: string): Promise<Became>;
}
