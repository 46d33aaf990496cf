import { join } from 'node:path';
import type { Origin } from './git-dir.ts';
import { type GitDeps, git } from './isolated-git.ts';

/** A workspace's parts. `gitDir` and `index` are outside the tree: the agent neither sees nor writes them. */
export interface Isolated {
  readonly deps: GitDeps;
  readonly origin: Origin;
  readonly folder: string;
  readonly tree: string;
  readonly gitDir: string;
  readonly base: string;
}

/** A git command on the tree, with an index of that name beside it. */
export async function inTree(
  isolated: Isolated,
  index: string,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const { deps, tree, gitDir, folder } = isolated;
  const env = { GIT_DIR: gitDir, GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(folder, index) };
  return git(deps, { args, cwd: tree, env, ...(input === undefined ? {} : { input }) });
}

/** A git command on objects alone. */
export async function inGitDir(isolated: Isolated, args: readonly string[], input?: string): Promise<string> {
  const call = { args: ['--git-dir', isolated.gitDir, ...args], cwd: isolated.folder };
  return git(isolated.deps, input === undefined ? call : { ...call, input });
}
