import { STATUS_CODES } from 'node:http';
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ProblemView } from '../../contract/system-views.ts';
import { ERRORS, EXIT_BUG, VigilError } from '../../domain/errors.ts';

/** Any error as `application/problem+json` (RFC 9457), with our code, the next step and the exit code. */
export function problemOf(error: unknown): ProblemView {
  if (error instanceof VigilError) {
    const { code, http, hint, exit } = error;
    return problem({ status: http, code, detail: error.message, hint, exit });
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const first = error.validation[0];
    const field =
      (first?.instancePath ?? '').slice(1).replaceAll('/', '.') || (error.validationContext ?? 'body');
    return badRequest(`the field \`${field}\`: ${first?.message ?? 'not as expected'}`, 400);
  }
  const status = statusOf(error);
  if (status !== null && status < 500) return badRequest(messageOf(error), status);
  return problem({
    status: 500,
    code: 'bug',
    detail: 'a bug of ours; the log of the daemon has the details',
    hint: 'Run `vigilai daemon logs`.',
    exit: EXIT_BUG,
  });
}

export function badRequest(detail: string, status: number): ProblemView {
  return problem({ status, code: 'bad_request', detail, ...ERRORS.bad_request });
}

function problem(facts: Omit<ProblemView, 'type' | 'title'>): ProblemView {
  const { status, detail, code, hint, exit } = facts;
  return {
    type: `urn:vigilai:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    hint,
    exit,
  };
}

/** What Fastify says of a body that is no JSON, too large, of another type. */
function statusOf(error: unknown): number | null {
  const status = error instanceof Error ? (error as Partial<FastifyError>).statusCode : undefined;
  return status ?? null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
