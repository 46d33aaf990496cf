import type { Anomaly } from '../domain/anomaly.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import type { Fix } from '../domain/fix.ts';
import { shortId } from '../domain/ids.ts';
import type { Job } from '../domain/job.ts';
import type { PullRequest } from '../domain/pull-request.ts';
import { redact } from '../domain/redact.ts';
import type { Forge, PullHandle } from '../ports/repository.ts';
import { moveTo, requireAnomaly } from './moves.ts';
import type { Run, WorkflowPorts } from './ports.ts';

/** Pushes a proven branch and opens its draft pull request, or updates the one that is open. */
export async function openPullJob(job: Job, ports: WorkflowPorts, run: Run): Promise<void> {
  const proven = await requireProvenFix(job.subject, ports);
  const forge = await requireForge(ports);
  const { anomaly, diagnosis, fix } = proven;
  const template = await ports.templates.text('pull-request.md');
  const { title, body } = ports.crafts.pullText({ anomaly, diagnosis, fix, template });
  run.progress('pushing the branch', 0.3);
  await forge.push(fix.branch, proven.commit);
  run.signal.throwIfAborted();
  run.progress('opening the pull request', 0.6);
  const reviewers = [...new Set([...ports.reviewers, ...job.options.reviewers])];
  const handle = await forge.ensurePull({ branch: fix.branch, base: fix.baseBranch, title, body, reviewers });
  const pull = await pullOf({ job, fix, forge, handle, title, body }, ports);
  await ports.store.savePull(pull);
  const state = {
    status: 'pr_created',
    diagnosisId: diagnosis.id,
    fixId: fix.id,
    pullRequestId: pull.id,
  } as const;
  await moveTo(anomaly, state, ports);
}

interface Proven {
  readonly anomaly: Anomaly;
  readonly diagnosis: Diagnosis;
  readonly fix: Fix;
  readonly commit: string;
}

async function requireProvenFix(subject: string, ports: WorkflowPorts): Promise<Proven> {
  const anomaly = await requireAnomaly(subject, ports);
  const fix = 'fixId' in anomaly ? await ports.store.fix(anomaly.fixId) : null;
  const diagnosis = fix === null ? null : await ports.store.diagnosis(fix.diagnosisId);
  if (fix === null || diagnosis === null || fix.outcome.end !== 'proven') {
    throw new VigilError('not_proven', {
      what: `anomaly ${shortId(anomaly.id)} has no proven fix to propose`,
      hint: `Run \`vigilai fix ${shortId(anomaly.id)}\` first.`,
    });
  }
  requireConfined(fix, ports);
  return { anomaly, diagnosis, fix, commit: fix.outcome.commit };
}

function requireConfined(fix: Fix, ports: WorkflowPorts): void {
  if (fix.proof?.sandbox !== 'none' || ports.pushUnconfined) return;
  throw new VigilError('refused', {
    what: 'the fix was made without a sandbox, so it is not pushed',
    hint: "Install bubblewrap, or accept it with `fix.sandbox: 'none'` in vigilai.config.ts.",
  });
}

/** @throws VigilError `no_remote`. */
export async function requireForge(ports: Pick<WorkflowPorts, 'forge'>): Promise<Forge> {
  const forge = await ports.forge();
  if (forge !== null) return forge;
  throw new VigilError('no_remote', {
    what: 'there is nowhere to open a pull request',
    why: 'the repository has no GitHub remote, or no token was found',
    hint: 'Add a remote (git remote add origin <url>) and set GITHUB_TOKEN; `vigilai doctor` checks both.',
  });
}

interface Opened {
  readonly job: Job;
  readonly fix: Fix;
  readonly forge: Forge;
  readonly handle: PullHandle;
  readonly title: string;
  readonly body: string;
}

/** The branch is the identity: a second run finds the pull request of the first. */
async function pullOf(opened: Opened, ports: WorkflowPorts): Promise<PullRequest> {
  const { job, fix, forge, handle, title, body } = opened;
  const before = await ports.store.pullOfBranch(forge.repository, fix.branch);
  return {
    id: before?.id ?? job.resultId,
    fixId: fix.id,
    anomalyId: fix.anomalyId,
    repository: forge.repository,
    branchName: fix.branch,
    baseBranch: fix.baseBranch,
    title,
    description: redact(body),
    status: 'open',
    githubPrNumber: handle.number,
    githubPrUrl: handle.url,
    jiraTicketId: null,
    reviewStatus: before?.reviewStatus ?? 'pending',
    timestamp: before?.timestamp ?? ports.clock.now(),
  };
}
