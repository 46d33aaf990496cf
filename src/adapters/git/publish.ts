import { VigilError } from '../../domain/errors.ts';
import { type Isolated, inGitDir } from './isolated.ts';
import { tryGit } from './isolated-git.ts';

const EMAIL = 'vigilai@localhost';
const BRANCH = /^vigilai\/[a-z0-9][a-z0-9-]*$/;

/**
 * One commit of the sealed tree on the base, fetched into the user's repository as `branch`. Hooks, reflogs, tags,
 * FETCH_HEAD and garbage collection stay out of it: one ref and some objects are all that is new there.
 * @throws VigilError `refused` when the branch is checked out, holds somebody's own commits, or cannot exist.
 */
export async function publishInto(
  isolated: Isolated,
  sealed: string,
  as: { readonly branch: string; readonly message: string },
): Promise<string> {
  const { branch, message } = as;
  if (!BRANCH.test(branch)) throw new Error(`${branch} is not a branch of ours`);
  await requireOurs(isolated, branch);
  const identity = ['-c', 'user.name=VigilAI', '-c', `user.email=${EMAIL}`];
  const commitTree = [...identity, 'commit-tree', sealed, '-p', isolated.base, '-F', '-'];
  const commit = (await inGitDir(isolated, commitTree, `${message}\n`)).trim();
  await inGitDir(isolated, ['update-ref', 'refs/heads/vigilai/proven', commit]);
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-prune'];
  const refspec = `+refs/heads/vigilai/proven:refs/heads/${branch}`;
  const args = ['fetch', ...flags, isolated.gitDir, refspec];
  const ended = await tryGit(isolated.deps, { args, cwd: isolated.origin.root });
  if (ended.code === 0) return commit;
  throw new VigilError('refused', {
    what: `the branch ${branch} could not be made`,
    why: ended.stderr.trim().split('\n').at(-1) ?? ended.exit,
    hint: 'If it is checked out, switch to another branch; if a branch `vigilai` is in the way, rename it.',
  });
}

/** A branch of that name is replaced only while its last commit is ours. */
async function requireOurs(isolated: Isolated, branch: string): Promise<void> {
  const args = ['log', '-1', '--no-show-signature', '--format=%ce', `refs/heads/${branch}`, '--'];
  const ended = await tryGit(isolated.deps, { args, cwd: isolated.origin.root });
  if (ended.code !== 0 || ended.stdout.trim() === EMAIL) return;
  throw new VigilError('refused', {
    what: `the branch ${branch} has commits that VigilAI did not make`,
    hint: `Rename it to keep them: git branch -m ${branch} my-fix`,
  });
}
