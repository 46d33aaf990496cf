/**
 * One class and one table: what went wrong in the world (a code), how the process ends (exit), what the API answers
 * (http), whether trying again helps (retry) and what to type next (hint). Anything else that is thrown is our bug.
 */
interface Entry {
  readonly exit: number;
  readonly http: number;
  readonly retry: boolean;
  readonly hint: string;
}

const entry = (exit: number, http: number, hint: string, retry = false): Entry => ({
  exit,
  http,
  retry,
  hint,
});

export const ERRORS = {
  usage: entry(2, 400, 'Run the command with --help to see its form.'),
  bad_config: entry(2, 400, 'Run `vigilai config validate`.'),
  bad_request: entry(2, 400, 'Correct the named field and send it again.'),
  port_taken: entry(2, 409, 'Choose another port in vigilai.config.ts, or stop what listens there.', true),
  queue_full: entry(5, 429, 'Send it again after the time in Retry-After.', true),
  unknown_id: entry(2, 404, 'Run `vigilai anomalies list` to see what there is.'),
  ambiguous_id: entry(2, 409, 'Give more of the id; `vigilai anomalies list` shows them.'),
  illegal_move: entry(2, 409, 'Run `vigilai anomalies show <id>` to see where it stands.'),
  bad_input: entry(2, 400, 'Check the path; `vigilai replay --help` shows what can be read.'),
  no_repository: entry(2, 409, 'Run it inside a git repository, or name one with --repo DIR.'),
  no_commits: entry(2, 409, 'Make a first commit: git add -A && git commit -m "start".'),
  no_remote: entry(2, 409, 'Add one: git remote add origin <url>.'),
  tool_missing: entry(3, 500, 'Run `vigilai doctor` to see what is missing.'),
  node_too_old: entry(3, 500, 'Install Node 22.22 or newer.'),
  daemon_unreachable: entry(4, 503, 'Run `vigilai daemon restart`.', true),
  provider_failed: entry(5, 502, 'Run `vigilai doctor` to check the provider, or use --offline.', true),
  agent_failed: entry(5, 502, 'Run `vigilai doctor` to check the agent.', true),
  forge_failed: entry(5, 502, 'Check the token and the remote: `vigilai doctor`.', true),
  budget_spent: entry(6, 402, 'Raise `budget` in vigilai.config.ts, or wait for the next day.'),
  not_proven: entry(7, 422, 'Read the kept patch and log; then `vigilai fix <id>` tries again.'),
  refused: entry(8, 403, 'Read why above; `vigilai config show` prints the policy.'),
  nothing_to_fix: entry(9, 409, 'Run `vigilai diagnose <id>` to see what is known.'),
  disk_full: entry(10, 507, 'Free some space, then run the command again.', true),
  state_read_only: entry(10, 500, 'Make the state folder writable; `vigilai config path` prints it.'),
  state_too_new: entry(10, 500, 'Install the newer VigilAI that wrote it: npm i -g vigilai@latest.'),
  state_busy: entry(10, 503, 'Another process holds the database; try again.', true),
  state_damaged: entry(
    10,
    500,
    'Move the state folder aside (`vigilai config path` prints it) and start again.',
  ),
  cancelled: entry(130, 499, 'Run the command again to start over.'),
} as const satisfies Readonly<Record<string, Entry>>;

export type ErrorCode = keyof typeof ERRORS;

/** What happened and why, in words; `hint` overrides the table's next step where the place knows a better one. */
export interface ErrorFacts {
  readonly what: string;
  readonly why?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

/** Something that a user can act on. */
export class VigilError extends Error {
  override readonly name = 'VigilError';
  readonly code: ErrorCode;
  readonly exit: number;
  readonly http: number;
  readonly retry: boolean;
  readonly hint: string;

  constructor(code: ErrorCode, facts: ErrorFacts) {
    super(facts.why === undefined ? facts.what : `${facts.what}: ${facts.why}`, { cause: facts.cause });
    const { exit, http, retry, hint } = ERRORS[code];
    this.code = code;
    this.exit = exit;
    this.http = http;
    this.retry = retry;
    this.hint = facts.hint ?? hint;
  }
}

/** Exit code of a bug of ours. */
export const EXIT_BUG = 70;
