/** A hint that a job waits. The store is the truth: a lost hint is found again by `sweep`. */
export interface Queue {
  push(jobId: string): Promise<void>;
  /** Job ids as they come, until `signal` aborts. */
  pull(signal: AbortSignal): AsyncIterable<string>;
}
