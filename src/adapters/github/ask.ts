import { Octokit } from '@octokit/rest';
import type { Clock } from '../../ports/clock.ts';
import { forgeError, isPassing, type Refusal, refusalOf } from './failure.ts';

/** GitHub, asked with patience. */
export interface Github {
  readonly rest: Octokit['rest'];
  /**
   * Does a request; asks again, at most twice, when that may help.
   * @throws VigilError `forge_failed`, its message beginning with `what`.
   */
  ask<T>(what: string, request: () => Promise<{ readonly data: T }>): Promise<T>;
  /** As `ask`, but a refusal is an answer. */
  tryTo<T>(request: () => Promise<{ readonly data: T }>): Promise<Answer<T>>;
}

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly refusal: Refusal };

export interface GithubAccess {
  readonly apiUrl: string;
  readonly token: string;
  readonly version: string;
  /** Where a person looks, such as `https://github.com/owner/name`. */
  readonly where: string;
}

const TRIES = 3;
const LONGEST_WAIT_SECONDS = 30;
const REQUEST_MS = 30_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function connectGithub(access: GithubAccess, clock: Clock): Github {
  const octokit = new Octokit({
    auth: access.token,
    baseUrl: access.apiUrl.replace(/\/+$/, ''),
    userAgent: `vigilai/${access.version}`,
    log: silent,
    request: { fetch: fetchInTime },
  });

  async function tryTo<T>(request: () => Promise<{ readonly data: T }>): Promise<Answer<T>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(request, clock);
      if (answer.ok || !isPassing(answer.refusal) || attempt === TRIES) return answer;
      const wait = answer.refusal.retryAfter ?? attempt;
      if (wait > LONGEST_WAIT_SECONDS) return answer;
      await clock.sleep(wait * 1000);
    }
  }

  return {
    rest: octokit.rest,
    tryTo,
    async ask(what, request) {
      const answer = await tryTo(request);
      if (answer.ok) return answer.data;
      throw forgeError(what, answer.refusal, access.where);
    },
  };
}

async function once<T>(request: () => Promise<{ readonly data: T }>, clock: Clock): Promise<Answer<T>> {
  try {
    const { data } = await request();
    return { ok: true, data };
  } catch (error) {
    const refusal = refusalOf(error, clock.now() / 1000);
    if (refusal === null) throw error;
    return { ok: false, refusal };
  }
}

function fetchInTime(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_MS) });
}
