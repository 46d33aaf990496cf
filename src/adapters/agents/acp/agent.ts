import { realpath } from 'node:fs/promises';
import type { AgentProbe, AgentRun, AgentTask, CodeAgent } from '../../../ports/agent.ts';
import { agentEnv, type BoxRules, boxOf } from '../box.ts';
import type { AgentDeps } from '../deps.ts';
import { findProgram } from '../find-program.ts';
import { notRun, supervise } from '../supervise.ts';
import { holdSession } from './session.ts';

export interface AcpOptions extends BoxRules {
  /** How it is called in reports. */
  readonly name: string;
  readonly recorded: boolean;
  readonly argv: readonly [program: string, ...args: string[]];
}

/** Any program that speaks the Agent Client Protocol (version 1) on stdio. */
export function acpAgent(options: AcpOptions, deps: AgentDeps): CodeAgent {
  return {
    name: options.name,
    recorded: options.recorded,
    probe: () => probeProgram(options, deps),
    run: (task, signal) => runAcp(options, deps, task, signal),
  };
}

async function probeProgram({ argv, env }: AcpOptions, deps: AgentDeps): Promise<AgentProbe> {
  const program = await findProgram(argv[0], agentEnv(env, deps)['PATH'] ?? '');
  return program === null
    ? { ready: false, detail: `${argv[0]} is not installed` }
    : { ready: true, detail: program };
}

/** One run over ACP; settles in every case, with everything that it started gone. */
export async function runAcp(
  options: AcpOptions,
  deps: AgentDeps,
  task: AgentTask,
  signal: AbortSignal,
): Promise<AgentRun> {
  const { argv, name } = options;
  const [file, ...args] = argv;
  const program = await findProgram(file, agentEnv(options.env, deps)['PATH'] ?? '');
  if (program === null) return notRun('not_installed', `${file} was not found on PATH`, name);
  const workspace = await realpath(task.workspace);
  const box = await boxOf([program, ...args], workspace, options, deps);
  try {
    return await supervise({ name, box, task: { ...task, workspace }, deps, signal }, holdSession);
  } finally {
    await box.dispose();
  }
}
