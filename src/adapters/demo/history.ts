import { cp, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';
import { baseEnv } from '../process/base-env.ts';
import { run } from '../process/run.ts';

const historySchema = z.array(
  z.strictObject({
    folder: z.string(),
    author: z.string(),
    email: z.string(),
    date: z.iso.datetime(),
    subject: z.string(),
  }),
);
type Entry = z.infer<typeof historySchema>[number];

export interface HistoryRequest {
  /** Holds `history.json` and `history/<folder>`, each with the files that one commit adds or changes. */
  readonly template: string;
  /** The new repository; must not exist yet. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Makes the sample's repository: one commit an entry, by fixed people at fixed times, so that its commits are the same
 * everywhere. @throws VigilError `tool_missing` without git.
 */
export async function makeHistory({ template, root, env }: HistoryRequest): Promise<void> {
  const entries = historySchema.parse(JSON.parse(await readFile(join(template, 'history.json'), 'utf8')));
  await mkdir(root, { recursive: true });
  await git(['init', '-q', '-b', 'main'], root, env);
  for (const entry of entries) {
    await cp(join(template, 'history', entry.folder), root, { recursive: true });
    await showDotfiles(root);
    await git(['add', '-A'], root, env);
    await git(['commit', '-q', '--no-verify', '-m', entry.subject], root, { ...env, ...identityOf(entry) });
  }
}

/** npm drops dotfiles such as `.gitignore` from packages, so they travel as `_gitignore`. */
async function showDotfiles(root: string): Promise<void> {
  const hidden = (await readdir(root)).filter((name) => name.startsWith('_'));
  for (const name of hidden) await rename(join(root, name), join(root, `.${name.slice(1)}`));
}

function identityOf({ author, email, date }: Entry): Readonly<Record<string, string>> {
  return {
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}

const IDENTITY = Object.keys(identityOf({ folder: '', author: '', email: '', date: '', subject: '' }));
/** The user's hooks, signing and line endings are not the sample's. */
const PLAIN = ['core.hooksPath=/dev/null', 'commit.gpgsign=false', 'core.autocrlf=false'];
const LIMITS = { timeoutMs: 20_000, maxOutputBytes: 64 * 1024 };

async function git(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const argv = ['git', ...PLAIN.flatMap((setting) => ['-c', setting]), ...args] as const;
  const alone = { ...baseEnv(env, IDENTITY), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const ended = await run(
    { argv: ['git', ...argv.slice(1)], cwd, env: alone },
    LIMITS,
    new AbortController().signal,
  );
  if (ended.exit === 'not_found') {
    throw new VigilError('tool_missing', {
      what: 'git is not installed',
      hint: 'Install git, then run it again.',
    });
  }
  if (ended.code !== 0) throw new Error(`git ${args[0]} failed: ${ended.stderr}`);
}
