import { routes } from '../../../contract/routes.ts';
import { pullToView } from '../../../contract/to-view.ts';
import { VigilError } from '../../../domain/errors.ts';
import type { Job } from '../../../domain/job.ts';
import type { PullRequest } from '../../../domain/pull-request.ts';
import { requireForge } from '../../../workflow/open-pr-job.ts';
import { PLAIN, putJob } from '../../../workflow/put-job.ts';
import { accepted } from '../accepted.ts';
import type { App } from '../app.ts';
import type { Desk } from '../desk.ts';
import { requireSameRepository } from '../same-target.ts';
import { waitForJob } from '../wait-for-job.ts';
import { findFix } from './code.ts';

const WAIT_MS = 30_000;

export function pullRoutes(app: App, desk: Desk): void {
  const { work } = desk;

  app.post(routes.createPull.path, { schema: routes.createPull }, async ({ body }, reply) => {
    const fix = await findFix(body.fix_id, desk);
    const forge = await requireForge(work);
    await requireSameRepository(body.repository, work);
    requireBaseOf(fix.baseBranch, body.base_branch);
    const before = await work.store.pullOfBranch(forge.repository, fix.branch);
    const options = { ...PLAIN, reviewers: body.reviewers };
    const wanted = {
      subject: fix.anomalyId,
      kind: 'open-pr',
      options,
      resultId: before?.id ?? null,
    } as const;
    const job = await putJob(wanted, work);
    const ended = await waitForJob(job.id, WAIT_MS, work);
    if (ended === null) return reply.code(202).send({ ...accepted(job), pr_id: job.resultId });
    const pull = await openedBy(ended, desk);
    return reply.code(201).send({
      pr_id: pull.id,
      github_pr_number: pull.githubPrNumber ?? 0,
      github_pr_url: pull.githubPrUrl ?? '',
    });
  });

  app.get(routes.listPulls.path, { schema: routes.listPulls }, async ({ query }) => {
    const page = await work.store.pulls({
      status: query.status ?? null,
      repository: query.repository ?? null,
      after: query.after ?? null,
      limit: query.limit,
    });
    return { items: page.items.map(pullToView), next: page.next };
  });
}

function requireBaseOf(base: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === base) return;
  throw new VigilError('bad_request', {
    what: `the field \`base_branch\`: this fix was made and proven for ${base}`,
  });
}

/** @throws VigilError what the job ended with. */
async function openedBy(job: Job, { work }: Desk): Promise<PullRequest> {
  if (job.error !== null) {
    if (job.error.code === 'bug') throw new Error(job.error.message);
    throw new VigilError(job.error.code, { what: job.error.message });
  }
  const anomaly = await work.store.anomaly(job.subject);
  const id = anomaly?.status === 'pr_created' ? anomaly.pullRequestId : job.resultId;
  const pull = await work.store.pull(id);
  if (pull === null) throw new Error(`job ${job.id} is done and its pull request is not kept`);
  return pull;
}
