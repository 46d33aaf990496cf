import type { Client } from '../../client/client.ts';
import type { FixView, PullView } from '../../contract/views.ts';
import { ERRORS, VigilError } from '../../domain/errors.ts';
import type { Context } from '../context.ts';
import type { FixFlags } from '../program-street.ts';
import { cancelFix } from './cancel-fix.ts';
import { afterFix, fixText, planText } from './fix-text.ts';
import { followJob } from './follow-job.ts';
import { createProgress } from './progress.ts';

/** `vigilai fix <id>`: puts the job, shows its steps, prints branch, proof and next step. */
export async function fix(context: Context, id: string, flags: FixFlags): Promise<number> {
  const client = await context.client();
  if (flags.dryRun === true) return dryRun(context, client, id);
  if (flags.cancel === true) return cancelFix(context, client, id);
  const progress = await createProgress(context);
  try {
    const { job_id, fix_id } = await client.generate({
      anomaly_id: id,
      open_pr: flags.openPr === true,
      ...(flags.engine !== undefined && { engine: flags.engine }),
    });
    const failure = await followJob(context, client, job_id, progress).then(() => null, keepOf);
    const made = await client.showFix({ id: fix_id }).catch(unlessUnknown);
    if (made === null) throw failure ?? new VigilError('nothing_to_fix', { what: 'no fix was made' });
    const pull =
      flags.openPr === true && made.outcome === 'proven' ? await openPull(client, made, progress.step) : null;
    progress.end();
    return await tell(context, made, pull);
  } finally {
    progress.end();
  }
}

async function dryRun({ print }: Context, client: Client, id: string): Promise<number> {
  const plan = await client.plan({ anomaly_id: id });
  print.data(plan);
  for (const line of planText(plan, print)) print.line(line);
  return 0;
}

/** A job that failed may still have left a fix with patch and log: that is told first. */
function keepOf(error: unknown): VigilError {
  if (error instanceof VigilError && error.code !== 'daemon_unreachable') return error;
  throw error;
}

function unlessUnknown(error: unknown): null {
  if (error instanceof VigilError && error.code === 'unknown_id') return null;
  throw error;
}

type Opened = Pick<PullView, 'github_pr_number' | 'github_pr_url'>;

/** The daemon opens it as its next job; asking again waits for the same one. */
async function openPull(client: Client, made: FixView, step: (text: string) => void): Promise<Opened | null> {
  step('opening the pull request');
  const answer = await client.createPull({ fix_id: made.id });
  return 'github_pr_number' in answer ? answer : null;
}

async function tell(context: Context, made: FixView, pull: Opened | null): Promise<number> {
  const { print } = context;
  print.data({ ...made, pull_request: pull });
  for (const line of fixText(made, print)) print.line(line);
  if (pull !== null) print.line(`pull request #${pull.github_pr_number}: ${pull.github_pr_url}`);
  else for (const line of afterFix(made, (await context.place()).paths.state)) print.line(line);
  return exitOf(made.outcome);
}

/** Each end of a fix has its own exit code (docs/commands.md). */
export function exitOf(outcome: FixView['outcome']): number {
  switch (outcome) {
    case 'proven':
      return 0;
    case 'not_proven':
      return ERRORS.not_proven.exit;
    case 'no_change':
      return ERRORS.nothing_to_fix.exit;
    case 'refused':
      return ERRORS.refused.exit;
    case 'agent_failed':
      return ERRORS.agent_failed.exit;
    case 'cancelled':
      return ERRORS.cancelled.exit;
    case 'budget':
      return ERRORS.budget_spent.exit;
  }
}
