import { VigilError } from '../../domain/errors.ts';

/** Could not serialise, a deadlock, or (in a race for the same key) a duplicate that the next try will see. */
const CONFLICTS = ['40001', '40P01', '23505'];

export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && CONFLICTS.includes(code);
}

/** What PostgreSQL and the network say (SQLSTATE or errno), in our words; anything else is passed on as it is. */
export function postgresError(error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof VigilError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (code === '53100') {
    return new VigilError('disk_full', { what: 'the database cannot grow', why, cause: error });
  }
  if (code === '25006' || code === '42501') {
    return new VigilError('state_read_only', { what: 'the database may not be written', why, cause: error });
  }
  if (isUnreachable(code, why)) {
    return new VigilError('state_busy', {
      what: 'the database server cannot be reached',
      why,
      hint: 'Check that PostgreSQL runs and that the URL names it; then try again.',
      cause: error,
    });
  }
  return error;
}

/** No server, a server that starts or stops, one with too many clients, or a password that is wrong. */
function isUnreachable(code: string | null, why: string): boolean {
  if (code === null) return /timeout|terminated/i.test(why);
  return /^(08|28|57P0|53300|3D000|ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EPIPE|EHOST)/.test(code);
}

function codeOf(error: unknown): string | null {
  if (error instanceof VigilError) return codeOf(error.cause);
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
