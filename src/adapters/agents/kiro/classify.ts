import type { ChildEnd } from '../child.ts';
import type { Stop } from '../stop.ts';
import type { Finished } from './stream.ts';

export interface HeadlessFacts {
  readonly end: ChildEnd;
  readonly stderr: string;
  /** What `runFinished` said; null when the stream ended without it. */
  readonly finished: Finished | null;
  /** It said or did anything at all. */
  readonly didSomething: boolean;
}

/**
 * What a headless run came to. The exit code alone says little: an invalid key, denied tools and a run that did
 * nothing all leave with 0 (measured on 2.21). Codes: https://kiro.dev/docs/reference/exit-codes/
 */
export function classifyHeadless({ end, stderr, finished, didSomething }: HeadlessFacts): Stop {
  if (end.end === 'not_found') return { end: 'not_installed', detail: end.reason };
  if (saysNotSignedIn(stderr)) return { end: 'not_signed_in', detail: 'Kiro refused the credential' };
  if (end.code !== 0) return { end: 'exited', detail: meaningOf(end) };
  if (finished === null) {
    const detail = didSomething
      ? 'the stream broke off before the run was finished'
      : 'it left without doing anything';
    return { end: 'exited', detail };
  }
  if (finished.status !== 'success') return { end: 'failed', detail: `the run ended as ${finished.status}` };
  if (!didSomething) return { end: 'failed', detail: 'the run ended without a word or a tool' };
  return { end: 'finished', detail: finished.stopReason ?? 'end_turn' };
}

/** Kiro says so on stderr and leaves with 0. */
export function saysNotSignedIn(stderr: string): boolean {
  return /Authentication failed|not logged in|Open this URL|https:\/\/\S*device/i.test(stderr);
}

const MEANING: Readonly<Record<number, string>> = {
  2: 'it did not understand its arguments (exit code 2)',
  3: 'a required MCP server did not start (exit code 3)',
  4: 'the named agent does not exist (exit code 4)',
};

function meaningOf(end: Extract<ChildEnd, { end: 'exit' }>): string {
  if (end.code === null) return `it was ended by ${end.signal}`;
  return MEANING[end.code] ?? `it left with exit code ${end.code}`;
}
