import { VigilError } from '../../domain/errors.ts';
import type { Ended, Run } from '../../ports/process.ts';

const LIMITS = { timeoutMs: 120_000, maxOutputBytes: 64 * 1024 * 1024 };

export interface GitDeps {
  readonly run: Run;
  /** PATH and HOME are taken from it, nothing else. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One git command with its own git dir, work tree and index; answers stdout. */
export interface GitCall {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Nothing that runs code, phones home or tidies up on the way. */
const HARMLESS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'core.excludesFile=/dev/null',
  'core.attributesFile=/dev/null',
  'core.logAllRefUpdates=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'fetch.writeCommitGraph=false',
  'protocol.file.allow=always',
  'commit.gpgSign=false',
].flatMap((setting) => ['-c', setting]);

/**
 * git that reads no configuration but that of the git dir it is pointed at: neither the user's nor the machine's, so
 * no filter, alias or hook of theirs runs in a workspace.
 * @throws VigilError `tool_missing` without git, `disk_full`.
 */
export async function git(deps: GitDeps, call: GitCall): Promise<string> {
  const alone = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_ATTR_NOSYSTEM: '1' };
  return outputOf(await tryGit(deps, { ...call, env: { ...alone, ...call.env } }), call.args);
}

/** As `git`, with the user's own configuration, and without an opinion on how it ended. */
export async function tryGit(deps: GitDeps, call: GitCall): Promise<Ended> {
  const env = {
    PATH: deps.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    ...(deps.env['HOME'] === undefined ? {} : { HOME: deps.env['HOME'] }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    ...call.env,
  };
  const command = { argv: ['git', ...HARMLESS, ...call.args] as const, cwd: call.cwd, env };
  return deps.run(command, LIMITS, new AbortController().signal, call.input);
}

function outputOf(ended: Ended, args: readonly string[]): string {
  if (ended.exit === 'code' && ended.code === 0) return ended.stdout;
  const what = `git ${args[0] ?? ''} did not work in the workspace`;
  if (ended.exit === 'not_found') throw new VigilError('tool_missing', { what: 'git is not installed' });
  const why = ended.stderr.trim().split('\n').at(-1) ?? ended.exit;
  if (/No space left|disk quota/i.test(ended.stderr)) throw new VigilError('disk_full', { what, why });
  throw new VigilError('state_damaged', { what, why, hint: 'Run `vigilai doctor`; then try again.' });
}
