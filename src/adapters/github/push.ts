import { VigilError } from '../../domain/errors.ts';
import type { Ended, Run } from '../../ports/process.ts';
import { baseEnv } from '../process/base-env.ts';
import { forgeError } from './failure.ts';

export interface PushDeps {
  readonly run: Run;
  /** Our own environment: PATH, HOME, proxies and certificates are taken from it. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface PushTarget {
  /** The user's checkout, which has the commit. */
  readonly root: string;
  /** http(s) address without credentials. */
  readonly url: string;
  readonly token: string;
  readonly where: string;
}

export interface Pushed {
  readonly branch: string;
  readonly commit: string;
  /** What the branch must point to on the other side; null: it must not exist. */
  readonly expected: string | null;
}

const LIMITS = { timeoutMs: 120_000, maxOutputBytes: 256 * 1024 };

/** Commit that the branch has on the other side; null when there is no such branch. */
export async function remoteHead(target: PushTarget, deps: PushDeps, branch: string): Promise<string | null> {
  const ended = await askGit(target, deps, ['ls-remote', target.url, `refs/heads/${branch}`]);
  if (ended.exit !== 'code' || ended.code !== 0) throw pushError(ended, target, branch);
  return /^([0-9a-f]{40,64})\s/m.exec(ended.stdout)?.[1] ?? null;
}

/**
 * Pushes one commit to one branch, only if that branch still is what we believe it is.
 * @throws VigilError `forge_failed`, `tool_missing`.
 */
export async function pushCommit(target: PushTarget, deps: PushDeps, what: Pushed): Promise<void> {
  const ref = `refs/heads/${what.branch}`;
  const lease = `--force-with-lease=${ref}:${what.expected ?? ''}`;
  const args = ['push', '--porcelain', '--no-verify', lease, target.url, `${what.commit}:${ref}`];
  const ended = await askGit(target, deps, args);
  if (ended.exit !== 'code' || ended.code !== 0) throw pushError(ended, target, what.branch);
}

function askGit(target: PushTarget, deps: PushDeps, args: readonly string[]): Promise<Ended> {
  const env = { ...baseEnv(deps.env), LC_ALL: 'C', ...gitConfig(settingsOf(target)), ...QUIET };
  return deps.run({ argv: ['git', ...args], cwd: target.root, env }, LIMITS, new AbortController().signal);
}

const QUIET = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  SSH_ASKPASS: '',
  // A user's `insteadOf` would send the push elsewhere, and a credential helper would store or ask.
  GIT_CONFIG_GLOBAL: '/dev/null',
};

function settingsOf({ root, url, token }: PushTarget): readonly (readonly [key: string, value: string])[] {
  const credentials = Buffer.from(`x-access-token:${token}`).toString('base64');
  const { origin } = new URL(url);
  return [
    ['safe.directory', root],
    ['core.hooksPath', '/dev/null'],
    ['credential.helper', ''],
    ['push.gpgSign', 'false'],
    ['push.recurseSubmodules', 'no'],
    // Bound to this address: a redirect to another host does not carry the token along.
    [`http.${origin}/.extraHeader`, `Authorization: Basic ${credentials}`],
  ];
}

/** Configuration handed over in the environment, so that the token stands in no argv and in no file. */
function gitConfig(settings: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  const pairs = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(settings.length), ...Object.fromEntries(pairs) };
}

function pushError(ended: Ended, target: PushTarget, branch: string): VigilError {
  const what = `${branch} could not be pushed`;
  if (ended.exit === 'not_found') return new VigilError('tool_missing', { what: 'git is not installed' });
  const said = withoutSecret(`${ended.stdout}\n${ended.stderr}`, target.token);
  const message = lastWords(said) || `git ended with ${ended.exit}`;
  const status = statusOf(said);
  if (/stale info|fetch first|non-fast-forward/.test(said)) {
    const why = 'the branch was changed on the other side meanwhile';
    return new VigilError('forge_failed', { what, why, hint: 'Look at the branch, then run it again.' });
  }
  return forgeError(what, { status, message, retryAfter: null }, target.where);
}

function statusOf(said: string): number {
  const told = /returned error: (\d{3})/.exec(said)?.[1];
  if (told !== undefined) return Number(told);
  if (/Authentication failed|could not read (Username|Password)|terminal prompts disabled/.test(said))
    return 401;
  if (/not found/i.test(said)) return 404;
  return /Could not resolve|unable to access|timed out/i.test(said) ? 0 : 422;
}

function lastWords(said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => /^(remote|error|fatal|!)/.test(line))
    .slice(-3)
    .join('; ')
    .slice(0, 500);
}

function withoutSecret(text: string, token: string): string {
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
  return text.replaceAll(token, '***').replaceAll(encoded, '***');
}
