import { VigilError } from '../domain/errors.ts';
import type { Check, Fix, FixEnd, FixPlan, Proof } from '../domain/fix.ts';
import { redact } from '../domain/redact.ts';
import type { AgentRun, CodeAgent } from '../ports/agent.ts';
import type { Clock } from '../ports/clock.ts';
import type { Parser } from '../ports/syntax-tree.ts';
import type { Toolchain, Toolchains } from '../ports/toolchain.ts';
import type { Artefacts, FileChange, Workspace, Workspaces } from '../ports/workspace.ts';
import { guard } from './guard/guard.ts';
import { prove } from './proof/prove.ts';
import { reportText } from './report.ts';

export interface FixPorts {
  readonly fixId: string;
  readonly workspaces: Workspaces;
  readonly agent: CodeAgent;
  readonly toolchains: Toolchains;
  readonly parser: Parser;
  readonly artefacts: Artefacts;
  readonly clock: Clock;
  readonly sandboxName: string;
  /** Text of templates/fix-report.md. */
  readonly reportTemplate: string;
  /** What is being done, and how far it is, [0,1]. */
  readonly onProgress: (step: string, progress: number) => void;
}

/** What a run has found so far; every end reports as much of it as there is. */
interface Found {
  changes: readonly FileChange[];
  proof: Proof | null;
  toolchain: Toolchain | null;
}

/**
 * Workspace, agent, seal, guard, proof, branch, report. Every end is a `Fix`: patch, transcript, proof log and report
 * are kept whatever happened, the workspace is gone, and the user's repository has at most one new branch.
 * @throws VigilError where not even a try was possible: `tool_missing` (no git, no known test runner, dependencies not
 * installed), `disk_full`.
 */
export async function applyFix(plan: FixPlan, ports: FixPorts, signal: AbortSignal): Promise<Fix> {
  const found: Found = { changes: [], proof: null, toolchain: null };
  const outcome = signal.aborted
    ? { end: 'cancelled' as const }
    : await attempt(plan, ports, { found, signal });
  const fix = await fixOf(plan, ports, { found, outcome });
  await ports.artefacts.keep(ports.fixId, 'report.md', redact(reportText(plan, fix, ports.reportTemplate)));
  ports.onProgress(outcome.end, 1);
  return fix;
}

interface Run {
  readonly found: Found;
  readonly signal: AbortSignal;
}

async function attempt(plan: FixPlan, ports: FixPorts, run: Run): Promise<FixEnd> {
  ports.onProgress('opening an isolated workspace', 0.02);
  const workspace = await ports.workspaces.open(plan.baseCommit, plan.branch.replace(/^vigilai\//, ''));
  try {
    run.found.toolchain = await requireToolchain(plan, ports, workspace);
    return await fixIn(workspace, { plan, ports, ...run });
  } catch (error) {
    if (error instanceof VigilError && error.code === 'cancelled') return { end: 'cancelled' };
    throw error;
  } finally {
    await workspace.dispose();
  }
}

async function requireToolchain(plan: FixPlan, ports: FixPorts, workspace: Workspace): Promise<Toolchain> {
  const toolchain = await ports.toolchains.detect(workspace.path, plan.suspect);
  if (toolchain !== null) return toolchain;
  throw new VigilError('tool_missing', {
    what: 'no test runner was recognised, so no fix could be proven',
    why: 'VigilAI knows node:test, vitest, jest and pytest',
    hint: 'Add a test script to package.json.',
  });
}

interface Work extends Run {
  readonly plan: FixPlan;
  readonly ports: FixPorts;
}

async function fixIn(workspace: Workspace, work: Work): Promise<FixEnd> {
  const { plan, ports, found, signal } = work;
  const agent = await runAgent(workspace, work);
  ports.onProgress('reading what changed', 0.55);
  found.changes = await workspace.seal();
  await ports.artefacts.keep(ports.fixId, 'change.patch', redact(await workspace.patch()));
  if (signal.aborted) return { end: 'cancelled' };
  const unfinished = endOfAgent(agent, found.changes.length);
  if (unfinished !== null) return unfinished;
  const verdict = guard(found.changes, plan.limits);
  if (verdict.verdict === 'refused') return { end: 'refused', reason: verdict.reason };
  const proof = await proveIn(workspace, work);
  if (!proof.proven) return { end: 'not_proven', reason: reasonOf(proof, agent) };
  ports.onProgress('making the branch', 0.96);
  const commit = await workspace.publish(plan.branch, messageOf(plan, ports.agent));
  return { end: 'proven', commit };
}

async function runAgent(workspace: Workspace, { plan, ports, signal }: Work): Promise<AgentRun> {
  const { agent, artefacts, fixId, onProgress } = ports;
  const steps: string[] = [];
  let kept: readonly string[] = [];
  onProgress(`${agent.name} is writing the fix`, 0.1);
  try {
    const run = await agent.run(
      {
        brief: plan.brief,
        round: 1,
        feedback: null,
        fault: plan.fault,
        files: workspace.files,
        workspace: workspace.path,
        limits: plan.limits,
        onProgress: (progress) => {
          if (progress.kind !== 'tool') return;
          steps.push(`${progress.status} ${progress.toolKind}: ${progress.title}`);
          onProgress(
            `${agent.name}: ${progress.title.slice(0, 80)}`,
            Math.min(0.5, 0.1 + steps.length * 0.02),
          );
        },
      },
      signal,
    );
    kept = [`# ${run.agent}: ${run.end} ${run.detail}`, ...run.transcript];
    return run;
  } finally {
    const lines = kept.length > 0 ? kept : ['# the agent did not end in an orderly way', ...steps];
    await artefacts.keep(fixId, 'transcript.jsonl', redact(lines.join('\n')));
  }
}

/** Success is judged by the diff and the proof: an agent that broke off but left a change is still heard. */
function endOfAgent(agent: AgentRun, changes: number): FixEnd | null {
  const reason = `${agent.agent} ended with ${agent.end} ${agent.detail}`;
  switch (agent.end) {
    case 'finished':
      return changes > 0 ? null : { end: 'no_change', reason: `${agent.agent} changed nothing` };
    case 'idle_timeout':
    case 'total_timeout':
    case 'exited':
    case 'failed':
      return changes > 0 ? null : { end: 'agent_failed', reason };
    case 'not_installed':
    case 'not_signed_in':
    case 'start_timeout':
      return { end: 'agent_failed', reason };
    case 'cancelled':
      return { end: 'cancelled' };
  }
}

const PROGRESS: Readonly<Record<Check['name'], readonly [step: string, progress: number]>> = {
  tamper: ['proof: are existing tests as they were', 0.58],
  policy: ['proof: size, places and contents of the change', 0.57],
  baseline: ['proof: the tests on the unchanged code', 0.6],
  fails_before: ['proof: does the new test fail without the fix', 0.7],
  passes_after: ['proof: does it pass with the fix, again and again', 0.78],
  suite: ['proof: the whole suite with the fix', 0.88],
  fails_reverted: ['proof: does it fail again without the fix', 0.9],
  coverage: ['proof: are the changed lines run by tests', 0.91],
  mutation: ['proof: do the tests notice other changes there', 0.92],
  monitoring: ['proof: is the signal emitted when the fault is back', 0.94],
  replay: ['proof: the reproducer on base and fix', 0.95],
};

async function proveIn(workspace: Workspace, { plan, ports, found, signal }: Work): Promise<Proof> {
  const toolchain = found.toolchain ?? (await requireToolchain(plan, ports, workspace));
  const { proof, log } = await prove(
    {
      plan,
      workspace,
      toolchain,
      parser: ports.parser,
      changes: found.changes,
      sandboxName: ports.sandboxName,
      onStep: (check) => ports.onProgress(...PROGRESS[check]),
    },
    signal,
  );
  found.proof = proof;
  await ports.artefacts.keep(ports.fixId, 'proof.log', redact(log));
  return proof;
}

function reasonOf(proof: Proof, agent: AgentRun): string {
  const failed = proof.checks.find((check) => check.result === 'failed');
  const reason = failed === undefined ? 'the proof is incomplete' : `${failed.name}: ${failed.detail}`;
  return agent.end === 'finished' ? reason : `${reason} (the agent ended with ${agent.end})`;
}

function messageOf(plan: FixPlan, agent: CodeAgent): string {
  return `${plan.commitMessage}\nVigilAI-Engine: ${agent.name}${agent.recorded ? ' (recorded agent)' : ''}`;
}

async function fixOf(plan: FixPlan, ports: FixPorts, end: { found: Found; outcome: FixEnd }): Promise<Fix> {
  const { found, outcome } = end;
  return {
    id: ports.fixId,
    anomalyId: plan.anomalyId,
    diagnosisId: plan.diagnosisId,
    timestamp: ports.clock.now(),
    language: found.toolchain?.language ?? (plan.suspect?.endsWith('.py') === true ? 'python' : 'javascript'),
    framework: found.toolchain?.framework ?? null,
    branch: plan.branch,
    baseBranch: plan.baseBranch,
    baseCommit: plan.baseCommit,
    engine: ports.agent.name,
    recorded: ports.agent.recorded,
    files: found.changes.map(({ path, changeType }) => ({ path, changeType })),
    proof: found.proof,
    outcome,
    artefacts: await ports.artefacts.keep(ports.fixId, 'plan.json', redact(JSON.stringify(plan, null, 2))),
  };
}
