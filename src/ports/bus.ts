import type { Anomaly } from '../domain/anomaly.ts';
import type { Job } from '../domain/job.ts';

/** Something changed that a person may be looking at. */
export type Change =
  | {
      readonly kind: 'anomaly';
      readonly change: 'opened' | 'joined' | 'returned' | 'moved';
      readonly anomaly: Anomaly;
    }
  | { readonly kind: 'job'; readonly job: Job };

export interface Bus {
  publish(change: Change): void;
  /** Changes from now on, until `signal` aborts. A slow reader loses the oldest beyond 1,000, never memory. */
  subscribe(signal: AbortSignal): AsyncIterable<Change>;
}
