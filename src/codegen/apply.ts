import { VigilError } from '../domain/errors.ts';
import type { Fix, FixEnd, FixPlan } from '../domain/fix.ts';
import type { Project } from '../domain/project.ts';
import { redact } from '../domain/redact.ts';
import type { CodeAgent } from '../ports/agent.ts';
import type { Clock } from '../ports/clock.ts';
import type { Parser } from '../ports/syntax-tree.ts';
import type { Toolchain, Toolchains } from '../ports/toolchain.ts';
import type { Artefacts, Workspace, Workspaces } from '../ports/workspace.ts';
import { detectProjects } from './language/detect-projects.ts';
import { projectOf } from './language/project-of.ts';
import { reportText } from './report.ts';
import type { Round } from './round.ts';
import { runRounds } from './rounds.ts';

export interface FixPorts {
  readonly fixId: string;
  readonly workspaces: Workspaces;
  readonly agent: CodeAgent;
  readonly toolchains: Toolchains;
  readonly parser: Parser;
  readonly artefacts: Artefacts;
  readonly clock: Clock;
  readonly budget: FixBudget;
  readonly sandboxName: string;
  /** Text of templates/fix-report.md. */
  readonly reportTemplate: string;
  /** What is being done, and how far this round is, [0,1]. */
  readonly onProgress: (step: string, progress: number) => void;
}

/** The money that agents may cost, as far as they tell. */
export interface FixBudget {
  /** Which cap is reached, in words; null while all hold. */
  exhausted(): Promise<string | null>;
  spend(dollars: number): Promise<void>;
}

/** What every step of a fix is given. */
export interface Work {
  readonly plan: FixPlan;
  readonly ports: FixPorts;
  readonly toolchain: Toolchain;
  /** The package that the suspect belongs to. */
  readonly project: Project | null;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/** What is known when a fix ends; every end reports as much of it as there is. */
interface Found {
  readonly outcome: FixEnd;
  readonly toolchain: Toolchain | null;
  readonly round: Round | null;
}

/**
 * Workspace, rounds of agent and proof, branch, report. Every end is a `Fix`: patch, transcripts, proof log and report
 * are kept whatever happened, the workspace is gone, and the user's repository has at most one new branch.
 * @throws VigilError where not even a try was possible: `tool_missing` (no git, no known test runner, dependencies not
 * installed), `disk_full`.
 */
export async function applyFix(plan: FixPlan, ports: FixPorts, signal: AbortSignal): Promise<Fix> {
  const found = await attempt(plan, ports, signal);
  const fix = await fixOf(plan, ports, found);
  await ports.artefacts.keep(ports.fixId, 'report.md', redact(reportText(plan, fix, ports.reportTemplate)));
  ports.onProgress(fix.outcome.end, 1);
  return fix;
}

async function attempt(plan: FixPlan, ports: FixPorts, signal: AbortSignal): Promise<Found> {
  if (signal.aborted) return without({ end: 'cancelled' });
  if ((await ports.budget.exhausted()) !== null) return without({ end: 'budget' });
  ports.onProgress('opening an isolated workspace', 0.02);
  const workspace = await ports.workspaces.open(plan.baseCommit, plan.branch.replace(/^vigilai\//, ''));
  try {
    const project = await suspectedProject(plan, workspace);
    const toolchain = await requireToolchain(plan, ports, { workspace, project });
    const round = await runRounds({ plan, ports, toolchain, project, workspace, signal });
    return { round, toolchain, outcome: await outcomeOf(round, plan, ports, workspace) };
  } catch (error) {
    if (!(error instanceof VigilError)) throw error;
    if (error.code === 'cancelled') return without({ end: 'cancelled' });
    if (error.code === 'refused') return without({ end: 'refused', reason: error.message });
    throw error;
  } finally {
    await workspace.dispose();
  }
}

function without(outcome: FixEnd): Found {
  return { outcome, toolchain: null, round: null };
}

async function suspectedProject({ suspect }: FixPlan, { files }: Workspace): Promise<Project | null> {
  return suspect === null ? null : projectOf(await detectProjects(files), suspect);
}

async function requireToolchain(
  plan: FixPlan,
  ports: FixPorts,
  { workspace, project }: Pick<Work, 'workspace' | 'project'>,
): Promise<Toolchain> {
  const toolchain = await ports.toolchains.detect(workspace.path, plan.suspect, project);
  if (toolchain !== null) return toolchain;
  throw new VigilError('tool_missing', {
    what: 'no test runner was recognised, so no fix could be proven',
    why: 'docs/toolchains.md says by what the runners of six languages are recognised',
    hint: 'Add a first test, or for Node a test script to package.json.',
  });
}

/** A proven round ends the rounds, so what is sealed is what was proven. */
async function outcomeOf(
  { outcome }: Round,
  plan: FixPlan,
  ports: FixPorts,
  workspace: Workspace,
): Promise<FixEnd> {
  if (outcome.end !== 'proven') return outcome;
  ports.onProgress('making the branch', 0.96);
  return { end: 'proven', commit: await workspace.publish(plan.branch, messageOf(plan, ports.agent)) };
}

function messageOf(plan: FixPlan, agent: CodeAgent): string {
  return `${plan.commitMessage}\nVigilAI-Engine: ${agent.name}${agent.recorded ? ' (recorded agent)' : ''}`;
}

async function fixOf(plan: FixPlan, ports: FixPorts, { outcome, toolchain, round }: Found): Promise<Fix> {
  return {
    id: ports.fixId,
    anomalyId: plan.anomalyId,
    diagnosisId: plan.diagnosisId,
    timestamp: ports.clock.now(),
    language: toolchain?.language ?? languageOf(plan),
    framework: toolchain?.framework ?? null,
    branch: plan.branch,
    baseBranch: plan.baseBranch,
    baseCommit: plan.baseCommit,
    engine: ports.agent.name,
    recorded: ports.agent.recorded,
    files: round?.changes.map(({ path, changeType }) => ({ path, changeType })) ?? [],
    proof: round?.proof ?? null,
    monitoring: round?.monitoring ?? null,
    outcome,
    artefacts: await ports.artefacts.keep(ports.fixId, 'plan.json', redact(JSON.stringify(plan, null, 2))),
  };
}

/** Before a test runner is known. */
function languageOf({ suspect }: FixPlan): Fix['language'] {
  return suspect?.endsWith('.py') === true ? 'python' : 'javascript';
}
