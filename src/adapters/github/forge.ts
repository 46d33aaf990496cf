import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Forge } from '../../ports/repository.ts';
import { connectGithub, type Github } from './ask.ts';
import { ensurePull } from './ensure-pull.ts';
import { type PushDeps, type PushTarget, pushCommit, remoteHead } from './push.ts';
import { apiUrlOf, pushUrlOf, type Remote } from './remote.ts';

export interface ForgeOptions {
  /** Where the user's remote points to, as `parseRemote` read it. */
  readonly remote: Remote;
  readonly token: string;
  /** The user's checkout. */
  readonly root: string;
  /** Null takes the one that belongs to the remote's host. */
  readonly apiUrl: string | null;
  /** Where to push, without credentials; null takes the remote's https address. */
  readonly pushUrl: string | null;
  readonly version: string;
}

export interface ForgeDeps extends PushDeps {
  readonly clock: Clock;
}

const OURS = /^vigilai\/[\w][\w.-]*(\/[\w.-]+)*$/;
/** Every commit of ours names its anomaly (codegen/plan). */
const TRAILER = /^VigilAI-Anomaly: /m;

/** Pull requests on GitHub or GitHub Enterprise Server. */
export function githubForge(options: ForgeOptions, deps: ForgeDeps): Forge {
  const { owner, name, host } = options.remote;
  const where = `https://${host}/${owner}/${name}`;
  const { token, root, version } = options;
  const apiUrl = options.apiUrl ?? apiUrlOf(options.remote);
  const github = connectGithub({ apiUrl, token, version, where }, deps.clock);
  const target = { root, token, where, url: options.pushUrl ?? pushUrlOf(options.remote) };
  const desk = { github, owner, name, where };
  return {
    repository: `${owner}/${name}`,
    push: (branch, commit) => push({ target, deps, desk }, branch, commit),
    ensurePull: (proposal) => ensurePull(desk, proposal),
  };
}

interface PushParts {
  readonly target: PushTarget;
  readonly deps: PushDeps;
  readonly desk: { readonly github: Github; readonly owner: string; readonly name: string };
}

async function push({ target, deps, desk }: PushParts, branch: string, commit: string): Promise<void> {
  if (!OURS.test(branch) || branch.includes('..')) {
    throw new VigilError('refused', { what: `${branch} is not pushed`, why: 'only vigilai/ branches are' });
  }
  // Anything else as a source could delete the branch, or push what was not proven.
  if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit)) throw new Error(`not a commit: ${commit}`);
  const head = await remoteHead(target, deps, branch);
  if (head === commit) return;
  if (head !== null) await requireOurs(desk, branch, head);
  await pushCommit(target, deps, { branch, commit, expected: head });
}

/** A commit that somebody put on top of ours is work of theirs: it is not overwritten. */
async function requireOurs(
  { github, owner, name }: PushParts['desk'],
  branch: string,
  sha: string,
): Promise<void> {
  const commit = await github.ask(`the commit at ${branch} could not be read`, () =>
    github.rest.git.getCommit({ owner, repo: name, commit_sha: sha }),
  );
  if (TRAILER.test(commit.message)) return;
  throw new VigilError('refused', {
    what: `${branch} is not pushed`,
    why: `its newest commit ${sha.slice(0, 12)} was not made by VigilAI`,
    hint: 'Merge or move that commit, delete the branch on the remote, then run it again.',
  });
}
