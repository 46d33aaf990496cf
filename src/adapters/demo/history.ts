import { cp, mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleGit } from 'simple-git';
import { z } from 'zod';
import { VigilError } from '../../domain/errors.ts';
import { baseEnv } from '../process/base-env.ts';

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
/** The user's own settings, hooks and signing are not the sample's. */
const ALONE = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const PLAIN = ['commit.gpgsign=false', 'core.autocrlf=false'];

async function git(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const own = { ...baseEnv(env, IDENTITY), ...ALONE };
  const client = simpleGit({
    baseDir: cwd,
    config: PLAIN,
    allowEnvironment: Object.keys(own),
    unsafe: UNSAFE,
  });
  try {
    await client.env(own).raw([...args]);
  } catch (cause) {
    if (!String(cause).includes('ENOENT')) throw cause;
    throw new VigilError('tool_missing', {
      what: 'git is not installed',
      hint: 'Install git, then run it again.',
      cause,
    });
  }
}

/** Of what simple-git holds to be unsafe, we set two variables, to our own fixed values. */
const UNSAFE = { allowUnsafeConfigPaths: true };
