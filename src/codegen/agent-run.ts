import { redact } from '../domain/redact.ts';
import type { AgentProgress, AgentRun } from '../ports/agent.ts';
import type { Work } from './apply.ts';
import { roundBrief } from './brief.ts';
import { refusalOf } from './guard/guard.ts';
import type { Turn } from './round.ts';

/** One run of the agent in the workspace. Its steps are told as they come; its transcript is kept in every case. */
export async function runAgent(work: Work, { number, feedback, leftMs }: Turn): Promise<AgentRun> {
  const { plan, ports, workspace, signal } = work;
  const { agent, artefacts, fixId } = ports;
  const name = number === 1 ? 'transcript.jsonl' : `transcript-${number}.jsonl`;
  const steps: string[] = [];
  let kept: readonly string[] = [];
  ports.onProgress(`${agent.name} is writing the fix${number === 1 ? '' : `, round ${number}`}`, 0.1);
  const tell = stepsOf(agent.name, (step, progress) => {
    steps.push(step);
    ports.onProgress(step, progress);
  });
  try {
    const run = await agent.run(
      {
        brief: roundBrief(plan.brief, number, feedback),
        round: number,
        feedback,
        fault: plan.fault,
        files: workspace.files,
        workspace: workspace.path,
        limits: { ...plan.limits, totalMs: Math.min(plan.limits.turnMs, leftMs) },
        refuses: (path) => refusalOf(path, plan.limits),
        onProgress: tell,
      },
      signal,
    );
    kept = [`# ${run.agent}: ${run.end} ${run.detail}`, ...run.transcript];
    await ports.budget.spend(run.dollars ?? 0);
    return run;
  } finally {
    const lines = kept.length > 0 ? kept : ['# the agent did not end in an orderly way', ...steps];
    await artefacts.keep(fixId, name, redact(lines.join('\n')));
  }
}

const TITLE = 80;

/** Progress as steps of a job: the plan, each tool call once a status, and how many files were touched. */
function stepsOf(agent: string, say: (step: string, progress: number) => void) {
  const touched = new Set<string>();
  let tools = 0;
  return (progress: AgentProgress): void => {
    const at = Math.min(0.5, 0.1 + tools * 0.02);
    switch (progress.kind) {
      case 'message':
        return;
      case 'plan':
        return say(`${agent} plans: ${progress.entries.join('; ').slice(0, TITLE)}`, at);
      case 'tool': {
        tools += 1;
        if (CHANGES.has(progress.toolKind)) for (const path of progress.paths) touched.add(path);
        const files =
          touched.size === 0 ? '' : `, ${touched.size} ${touched.size === 1 ? 'file' : 'files'} touched`;
        return say(`${agent}: ${progress.title.slice(0, TITLE)} (${progress.status}${files})`, at);
      }
    }
  };
}

const CHANGES: ReadonlySet<string> = new Set(['edit', 'delete', 'move']);
