import { VigilError } from '../../domain/errors.ts';
import type { Proposal, Proposals } from '../../ports/workspace.ts';
import { originOf } from './git-dir.ts';
import { type Isolated, inGitDir } from './isolated.ts';
import { tryGit } from './isolated-git.ts';
import { changesBetween } from './sealed-changes.ts';
import { openIsolated, putTree, type WorkspaceOptions, workspaceOf } from './workspace.ts';

/** Branches and pull requests as sealed changes, each in a workspace of its own. */
export function gitProposals(options: WorkspaceOptions): Proposals {
  return {
    async open(name) {
      const bases = await basesIn(options);
      const isolated = await openIsolated(options, bases[0] ?? (await missing(options, name)), 'verify');
      try {
        return await proposalOf(isolated, bases, name);
      } catch (error) {
        await workspaceOf(isolated, null).dispose();
        throw error;
      }
    },
  };
}

async function proposalOf(opened: Isolated, bases: readonly string[], name: string): Promise<Proposal> {
  const found = await findTip(opened, name);
  const base = await baseOf(opened, bases, found.commit);
  const isolated = { ...opened, base };
  await putTree(isolated, base, []);
  return {
    name: found.name,
    commit: found.commit,
    baseCommit: base,
    messages: await inGitDir(isolated, ['log', '--format=%B', `${base}..${found.commit}`, '--']),
    changes: await changesBetween(isolated, found.commit),
    workspace: workspaceOf(isolated, found.commit),
  };
}

/** Commits that a branch may be proposed for: the default branch here and at the remote, and what is checked out. */
async function basesIn(options: WorkspaceOptions): Promise<readonly string[]> {
  const head = (await told(options, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']))[0];
  const names = [head?.replace(/^origin\//, ''), 'main', 'master'].filter((name) => name !== undefined);
  const refs = names.flatMap((name) => [`refs/heads/${name}`, `refs/remotes/origin/${name}`]);
  const found: string[] = [];
  for (const ref of [...refs, 'HEAD']) found.push(...(await commitOf(options, ref)));
  return [...new Set(found)];
}

interface Tip {
  readonly name: string;
  readonly commit: string;
}

async function findTip(isolated: Isolated, name: string): Promise<Tip> {
  const pull = /^(?:#|https?:\/\/\S+\/pull\/)?(\d{1,7})$/.exec(name)?.[1];
  if (pull !== undefined) return fetchPull(isolated, pull);
  const at = { ...isolated.deps, root: isolated.origin.root };
  for (const ref of [`refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/origin/${name}`, name]) {
    const commit = (await commitOf(at, ref))[0];
    if (commit !== undefined) return { name, commit };
  }
  return missing(at, name);
}

/** The head of a pull request, into the workspace's own git. The user's way to sign in to the remote is used. */
async function fetchPull(isolated: Isolated, number: string): Promise<Tip> {
  const { deps, origin, gitDir } = isolated;
  const url = (await told({ ...deps, root: origin.root }, ['remote', 'get-url', 'origin']))[0];
  if (url === undefined) throw new VigilError('no_remote', { what: 'there is no remote called origin' });
  const ref = 'refs/heads/vigilai/proposed';
  const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'];
  const args = ['--git-dir', gitDir, 'fetch', ...flags, url, `+refs/pull/${number}/head:${ref}`];
  const ended = await tryGit(deps, { args, cwd: origin.root });
  if (ended.code === 0) {
    const commit = (await inGitDir(isolated, ['rev-parse', '--verify', ref])).trim();
    return { name: `pull request #${number}`, commit };
  }
  throw new VigilError('unknown_id', {
    what: `pull request #${number} could not be fetched`,
    why: ended.stderr.trim().split('\n').at(-1) ?? ended.exit,
    hint: 'Fetch its branch yourself, then name the branch: git fetch origin <branch>.',
  });
}

/** Where the branch leaves the nearest of the bases; the parent of one that has been merged. */
async function baseOf(isolated: Isolated, bases: readonly string[], tip: string): Promise<string> {
  let nearest: { readonly base: string; readonly distance: number } | null = null;
  for (const candidate of bases) {
    const base = (await ask(isolated, ['merge-base', candidate, tip])) ?? tip;
    if (base === tip) continue;
    const distance = Number(await ask(isolated, ['rev-list', '--count', `${base}..${tip}`]));
    if (nearest === null || distance < nearest.distance) nearest = { base, distance };
  }
  return nearest?.base ?? (await ask(isolated, ['rev-parse', '--verify', `${tip}^`])) ?? tip;
}

async function ask({ deps, gitDir, folder }: Isolated, args: readonly string[]): Promise<string | null> {
  const ended = await tryGit(deps, { args: ['--git-dir', gitDir, ...args], cwd: folder });
  return ended.code === 0 ? ended.stdout.trim() : null;
}

/** Lines of what git says in the user's repository; none where it fails. */
async function told(options: WorkspaceOptions | Rooted, args: readonly string[]): Promise<readonly string[]> {
  const ended = await tryGit(options, { args, cwd: options.root });
  return ended.code === 0 ? ended.stdout.split('\n').filter((line) => line !== '') : [];
}

type Rooted = Pick<WorkspaceOptions, 'run' | 'env' | 'root'>;

function commitOf(options: Rooted, ref: string): Promise<readonly string[]> {
  return told(options, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
}

/** @throws VigilError always; `no_repository` where that is why. */
async function missing(options: Rooted, name: string): Promise<never> {
  await originOf(options, options.root);
  throw new VigilError('unknown_id', {
    what: `there is no branch, commit or fix called ${JSON.stringify(name)}`,
    hint: 'Run `git branch --all --list "*vigilai/*"` to see branches of fixes.',
  });
}
