import { access, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { VigilError } from '../../domain/errors.ts';
import { type GitDeps, git, tryGit } from './isolated-git.ts';

/** What a clone shares with the user's repository: its objects, read only. */
export interface Origin {
  readonly root: string;
  readonly objects: string;
  readonly shallow: string;
  readonly format: string;
}

/**
 * Where the objects of a checkout are, also of a linked worktree or a shallow clone.
 * @throws VigilError `no_repository`, `tool_missing`.
 */
export async function originOf(deps: GitDeps, root: string): Promise<Origin> {
  const asked = [
    '--path-format=absolute',
    '--git-path',
    'objects',
    '--git-path',
    'shallow',
    '--show-object-format',
  ];
  const ended = await tryGit(deps, { args: ['rev-parse', ...asked], cwd: root });
  if (ended.exit === 'not_found') throw new VigilError('tool_missing', { what: 'git is not installed' });
  const [objects, shallow, format] = ended.stdout.split('\n');
  if (ended.code !== 0 || objects === undefined || shallow === undefined || format === undefined) {
    throw new VigilError('no_repository', {
      what: `${root} is not a git repository`,
      why: ended.stderr.trim(),
    });
  }
  return { root, objects, shallow, format };
}

/**
 * Folders with the objects that a workspace's clone borrows: what a sandbox must leave readable, and no more of the
 * repository (its config may hold a token). Empty where there is no repository.
 */
export async function sharedObjects(deps: GitDeps, root: string): Promise<readonly string[]> {
  const origin = await originOf(deps, root).catch(() => null);
  if (origin === null) return [];
  const listed = await readFile(join(origin.objects, 'info', 'alternates'), 'utf8').catch(() => '');
  const alternates = listed.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return [origin.objects, ...alternates.map((path) => resolve(origin.objects, path))];
}

/**
 * What `git clone --shared` makes, without its copy of refs: own refs, config and hooks folder (empty), no remote, the
 * objects borrowed. HEAD is an own branch on the base commit.
 */
export async function makeGitDir(
  deps: GitDeps,
  origin: Origin,
  at: { gitDir: string; base: string },
): Promise<void> {
  const { gitDir, base } = at;
  await mkdir(gitDir, { recursive: true });
  const init = [
    'init',
    '-q',
    '--bare',
    '--template=',
    `--object-format=${origin.format}`,
    '-b',
    'vigilai/work',
    gitDir,
  ];
  await git(deps, { args: init, cwd: gitDir });
  await mkdir(join(gitDir, 'objects', 'info'), { recursive: true });
  await writeFile(join(gitDir, 'objects', 'info', 'alternates'), `${origin.objects}\n`);
  await mkdir(join(gitDir, 'info'), { recursive: true });
  await writeFile(join(gitDir, 'info', 'exclude'), 'node_modules\n.venv\n');
  if (await exists(origin.shallow)) await copyFile(origin.shallow, join(gitDir, 'shallow'));
  await git(deps, { args: ['--git-dir', gitDir, 'update-ref', 'HEAD', base], cwd: gitDir });
}

/** The `.git` that the agent and the tests see in the tree. It is theirs to ruin: nothing of ours ever reads it. */
export async function plantGitDir(
  deps: GitDeps,
  origin: Origin,
  at: { tree: string; base: string },
): Promise<void> {
  const gitDir = join(at.tree, '.git');
  await makeGitDir(deps, origin, { gitDir, base: at.base });
  const settings = [
    ['core.bare', 'false'],
    ['core.hooksPath', '/dev/null'],
    ['user.name', 'VigilAI workspace'],
    ['user.email', 'vigilai@localhost'],
    ['gc.auto', '0'],
  ];
  for (const [key = '', value = ''] of settings) {
    await git(deps, { args: ['--git-dir', gitDir, 'config', key, value], cwd: at.tree });
  }
  await git(deps, {
    args: ['read-tree', 'HEAD'],
    cwd: at.tree,
    env: { GIT_DIR: gitDir, GIT_WORK_TREE: at.tree },
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
