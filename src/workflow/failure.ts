import { type ErrorCode, VigilError } from '../domain/errors.ts';
import type { Job, JobKind } from '../domain/job.ts';

/** How often a job is tried before it is given up. */
export const MAX_ATTEMPTS = 3;

const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;

/**
 * Will the job be tried again? Only where trying helps, and never a whole agent run: it spends the user's credits, so
 * a person says it again.
 */
export function triesAgain(kind: JobKind, error: unknown, last: boolean): boolean {
  if (last || !(error instanceof VigilError) || !error.retry) return false;
  return !(kind === 'fix' && error.code === 'agent_failed');
}

/** 2 s, 4 s, 8 s ... at most a minute. `attempts` is how many there were, from 1. */
export function pauseBefore(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), MAX_PAUSE_MS);
}

export function codeOf(error: unknown): ErrorCode | 'bug' {
  return error instanceof VigilError ? error.code : 'bug';
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `dead` is what ran out of tries; `failed` is what no further try would help. */
export function endOf(error: unknown): Job['status'] {
  if (codeOf(error) === 'cancelled') return 'cancelled';
  return error instanceof VigilError && error.retry ? 'dead' : 'failed';
}
