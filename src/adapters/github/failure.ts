import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';

/** What GitHub answered when it did not do what it was asked. Status 0: there was no answer. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** Seconds to wait before asking again, as told; null when it was not. */
  readonly retryAfter: number | null;
}

const thrown = z.looseObject({
  status: z.number(),
  message: z.string().catch(''),
  response: z
    .looseObject({
      headers: z.record(z.string(), z.unknown()).catch({}),
      data: z.unknown().optional(),
    })
    .optional(),
});
const problems = z.looseObject({
  errors: z.array(z.union([z.string(), z.looseObject({ message: z.string().optional() })])),
});

/** Reads what Octokit threw; null for anything else, which is a bug of ours. `nowSeconds`: epoch seconds. */
export function refusalOf(error: unknown, nowSeconds: number): Refusal | null {
  const parsed = thrown.safeParse(error);
  if (!parsed.success) return null;
  const { status, message, response } = parsed.data;
  const headers = response?.headers ?? {};
  const details = problems.safeParse(response?.data);
  const more = details.success ? details.data.errors.map(textOf).filter((text) => text !== '') : [];
  const said = more.filter((text) => !message.includes(text));
  return {
    // Octokit reports a connection that broke as 500 without a response.
    status: response === undefined ? 0 : status,
    message: [message, ...said].join('; '),
    retryAfter: retryAfterOf(headers, nowSeconds),
  };
}

function textOf(problem: string | { readonly message?: string | undefined }): string {
  return typeof problem === 'string' ? problem : (problem.message ?? '');
}

function retryAfterOf(headers: Readonly<Record<string, unknown>>, nowSeconds: number): number | null {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(0, after);
  if (String(headers['x-ratelimit-remaining']) !== '0') return null;
  const reset = Number(headers['x-ratelimit-reset']);
  return Number.isFinite(reset) ? Math.max(0, reset - nowSeconds) : null;
}

/** Asking again may help: no answer, their fault, or a limit on the rate. */
export function isPassing({ status, retryAfter }: Refusal): boolean {
  return status === 0 || status >= 500 || status === 429 || (status === 403 && retryAfter !== null);
}

/** What a person sees: what, why, and what to do next. */
export function forgeError(what: string, refusal: Refusal, where: string): VigilError {
  const { why, hint } = explain(refusal, where);
  return new VigilError('forge_failed', { what, why, hint });
}

function explain(refusal: Refusal, where: string): { readonly why: string; readonly hint: string } {
  const { status, message, retryAfter } = refusal;
  if (retryAfter !== null && (status === 429 || status === 403)) {
    return { why: `the rate limit is reached: ${message}`, hint: `Try again in ${waitText(retryAfter)}.` };
  }
  switch (status) {
    case 0:
      return { why: `no answer: ${message}`, hint: `Check the network and \`github.apiUrl\` (${where}).` };
    case 401:
      return { why: 'the token is not valid', hint: 'Set a valid GITHUB_TOKEN; `vigilai doctor` checks it.' };
    case 403:
      return {
        why: `the token may not do this: ${message}`,
        hint: 'Give the token "Contents" and "Pull requests" (read and write) on this repository.',
      };
    case 404:
      return {
        why: 'the repository does not exist, or the token may not see it',
        hint: `Check the remote (${where}) and what the token may reach.`,
      };
    default:
      return { why: `GitHub answered ${status}: ${message}`, hint: `Look at ${where}; then run it again.` };
  }
}

function waitText(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
