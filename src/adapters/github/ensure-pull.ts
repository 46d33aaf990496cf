import type { ProposedPull, PullHandle } from '../../ports/repository.ts';
import type { Github } from './ask.ts';
import { forgeError, type Refusal } from './failure.ts';
import { markedBody, markOf, readMark } from './mark.ts';

export interface PullDesk {
  readonly github: Github;
  readonly owner: string;
  readonly name: string;
  readonly where: string;
}

interface OpenPull {
  readonly number: number;
  readonly html_url: string;
  readonly body: string | null;
}

/** One open pull request a branch: created when there is none, its text updated when ours has changed. */
export async function ensurePull(desk: PullDesk, proposal: ProposedPull): Promise<PullHandle> {
  const open = await findOpen(desk, proposal.branch);
  if (open !== null) return update(desk, open, proposal);
  const created = await create(desk, proposal);
  if (created === 'exists') {
    // Somebody was faster, or an earlier answer was lost on its way.
    const now = await findOpen(desk, proposal.branch);
    if (now !== null) return update(desk, now, proposal);
    throw forgeError(
      WHAT,
      { status: 422, message: 'it exists and is not listed', retryAfter: null },
      desk.where,
    );
  }
  await askForReview(desk, created.number, proposal.reviewers);
  return { number: created.number, url: created.html_url, change: 'created' };
}

const WHAT = 'the pull request could not be opened';

async function findOpen({ github, owner, name }: PullDesk, branch: string): Promise<OpenPull | null> {
  const found = await github.ask('pull requests could not be listed', () =>
    github.rest.pulls.list({ owner, repo: name, state: 'open', head: `${owner}:${branch}`, per_page: 100 }),
  );
  return found.find((pull) => pull.head.ref === branch && pull.state === 'open') ?? null;
}

async function update(desk: PullDesk, open: OpenPull, { title, body }: ProposedPull): Promise<PullHandle> {
  const { github, owner, name } = desk;
  const handle = { number: open.number, url: open.html_url };
  if (readMark(open.body) === markOf(title, body)) return { ...handle, change: 'unchanged' };
  const pull = { owner, repo: name, pull_number: open.number, title, body: markedBody(title, body) };
  await github.ask(`pull request #${open.number} could not be updated`, () => github.rest.pulls.update(pull));
  return { ...handle, change: 'updated' };
}

/** A draft; an ordinary one where the plan of the repository knows no drafts. */
async function create(desk: PullDesk, proposal: ProposedPull): Promise<OpenPull | 'exists'> {
  const { github, owner, name } = desk;
  const { title, branch, base } = proposal;
  const pull = { owner, repo: name, title, head: branch, base, body: markedBody(title, proposal.body) };
  const draft = await github.tryTo(() => github.rest.pulls.create({ ...pull, draft: true }));
  const answer =
    !draft.ok && saysNoDrafts(draft.refusal)
      ? await github.tryTo(() => github.rest.pulls.create(pull))
      : draft;
  if (answer.ok) return answer.data;
  if (answer.refusal.status === 422 && /already exists/i.test(answer.refusal.message)) return 'exists';
  throw forgeError(WHAT, answer.refusal, desk.where);
}

function saysNoDrafts({ status, message }: Refusal): boolean {
  return status === 422 && /draft/i.test(message);
}

/** Best effort: an author cannot review their own change, and a name may be wrong. `org/team` asks a team. */
async function askForReview(desk: PullDesk, number: number, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const { github, owner, name } = desk;
  const reviewers = names.filter((reviewer) => !reviewer.includes('/'));
  const teams = names.filter((reviewer) => reviewer.includes('/')).map((team) => team.split('/')[1] ?? '');
  const request = { owner, repo: name, pull_number: number, reviewers, team_reviewers: teams };
  await github.tryTo(() => github.rest.pulls.requestReviewers(request));
}
