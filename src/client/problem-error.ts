import { problemView } from '../contract/system-views.ts';
import { ERRORS, type ErrorCode, VigilError } from '../domain/errors.ts';

/**
 * The error that the daemon meant: `application/problem+json` becomes the VigilError of the same code. Anything else
 * (a bug of ours, an answer that no schema knows) becomes an ordinary Error.
 */
export function problemError(response: { readonly status: number; readonly text: string }): Error {
  const problem = parsed(response.text);
  if (problem === null)
    return new Error(`unexpected answer ${response.status}: ${response.text.slice(0, 300)}`);
  if (!isCode(problem.code)) return new Error(problem.detail);
  return new VigilError(problem.code, { what: problem.detail, hint: problem.hint });
}

function parsed(text: string) {
  try {
    return problemView.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    // Not JSON at all: whoever answered is not our daemon.
    return null;
  }
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
