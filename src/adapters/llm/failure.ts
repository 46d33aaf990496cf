/** What a failed call means for the chain. */
export interface Failure {
  readonly why: string;
  /** The same provider may be asked once more. */
  readonly again: boolean;
  /** The next provider may be asked. */
  readonly next: boolean;
  readonly waitMs: number | null;
}

/** A provider that answered nothing: DeepSeek blanks what it cannot read as JSON, with finish_reason `stop`. */
export class BlankAnswer extends Error {}

/** By HTTP status: what it means, whether to ask again, whether to go on to the next provider. */
const BY_STATUS: Readonly<Record<number, readonly [why: string, again: boolean, next: boolean]>> = {
  400: ['refused the request', false, false],
  401: ['refused the key', false, true],
  402: ['has no balance left', false, true],
  403: ['refused the key', false, true],
  404: ['does not know the model', false, true],
  422: ['refused the request', false, false],
  429: ['is over its limit', true, true],
};

/** Sorts what the client throws. */
export function failureOf(error: unknown): Failure {
  if (error instanceof BlankAnswer) return { why: 'answered nothing', again: true, next: true, waitMs: 0 };
  const status = statusOf(error);
  if (status !== null) {
    const [why, again, next] = BY_STATUS[status] ?? ['failed', status >= 500, true];
    return { why: `${why} (HTTP ${status})`, again, next, waitMs: retryAfterOf(error) };
  }
  if (isTimeout(error)) return { why: 'did not answer in time', again: false, next: true, waitMs: null };
  return { why: `could not be reached (${messageOf(error)})`, again: true, next: true, waitMs: null };
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}

function retryAfterOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('headers' in error) || !(error.headers instanceof Headers)) return null;
  const seconds = Number(error.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && /Timeout|Abort/.test(`${error.name} ${error.constructor.name}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
