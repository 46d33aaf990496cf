import { TooLate } from './deadline.ts';

/** What a failed call means for the chain. */
export interface Failure {
  readonly why: string;
  /** The same provider may be asked once more. */
  readonly again: boolean;
  /** The next provider may be asked. */
  readonly next: boolean;
  /** How long the provider asked to be left alone, ms. */
  readonly waitMs: number | null;
  /** It may have been billed though no bill was seen: the answer was lost on its way. */
  readonly billed: boolean;
}

type Meaning = readonly [why: string, again: boolean, next: boolean];

/** By HTTP status. 400 and 422 are our own mistake, which another provider would only hide. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [400, ['refused the request', false, false]],
  [401, ['refused the key', false, true]],
  [402, ['has no balance left', false, true]],
  [403, ['refused the key', false, true]],
  [404, ['does not know the model', false, true]],
  [422, ['refused the request', false, false]],
  [429, ['is over its limit', true, true]],
  [503, ['is overloaded', true, true]],
]);

/** Errors of a connection that never stood: nothing was sent, nothing is billed. */
const NEVER_SENT = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|CERT|SSL|TLS/;

/** Sorts what a call throws; `now` (epoch ms) is what a date in Retry-After is measured from. */
export function failureOf(error: unknown, now: number): Failure {
  const status = statusOf(error);
  if (status !== null) {
    const [why, again, next] = BY_STATUS.get(status) ?? ['failed', status >= 500, true];
    return { why: `${why} (HTTP ${status})`, again, next, waitMs: retryAfterOf(error, now), billed: false };
  }
  if (error instanceof TooLate) {
    return { why: 'did not answer in time', again: false, next: true, waitMs: null, billed: true };
  }
  if (error instanceof SyntaxError) {
    return { why: 'broke off its answer', again: true, next: true, waitMs: null, billed: true };
  }
  const causes = causesOf(error);
  const why = `could not be reached (${causes.at(-1) ?? 'no reason given'})`;
  return {
    why,
    again: true,
    next: true,
    waitMs: null,
    billed: !causes.some((text) => NEVER_SENT.test(text)),
  };
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(error: unknown, now: number): number | null {
  if (!(error instanceof Error) || !('headers' in error) || !(error.headers instanceof Headers)) return null;
  const told = error.headers.get('retry-after');
  if (told === null) return null;
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

/** The error in words, and what caused it, outermost first: the client hides the code of the socket two levels down. */
function causesOf(error: unknown): readonly string[] {
  const texts: string[] = [];
  for (let at = error; at instanceof Error && texts.length < 5; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? `${at.code} ` : '';
    texts.push(`${code}${at.message}`.trim());
  }
  return texts;
}
