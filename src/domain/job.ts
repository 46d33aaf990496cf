import type { ErrorCode } from './errors.ts';

export type JobKind = 'diagnose' | 'fix' | 'open-pr';

export type JobStatus = 'queued' | 'processing' | 'completed' | 'failed' | 'dead' | 'cancelled';

/** What a person asked for beside the subject. */
export interface JobOptions {
  readonly offline: boolean;
  readonly engine: string | null;
  /** Go on to the pull request once the fix is proven. */
  readonly openPr: boolean;
  readonly reviewers: readonly string[];
}

/** Work on one subject. The store is the truth, the queue a hint. */
export interface Job {
  readonly id: string;
  readonly kind: JobKind;
  /** The anomaly's id. */
  readonly subject: string;
  /** Id of what the job makes (diagnosis, fix, pull request): known before it exists, so that 202 can name it. */
  readonly resultId: string;
  readonly options: JobOptions;
  readonly status: JobStatus;
  readonly attempts: number;
  /** [0,1]. */
  readonly progress: number;
  /** What is being done, in a few words. */
  readonly step: string;
  readonly error: { readonly code: ErrorCode | 'bug'; readonly message: string } | null;
  readonly createdAt: number;
  /** Epoch ms until which it waits by itself; null where it is due at once. A person who asks makes it due. */
  readonly notBefore: number | null;
  readonly updatedAt: number;
}
