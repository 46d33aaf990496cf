import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AgentProbe, AgentRun, AgentTask, CodeAgent } from '../../../ports/agent.ts';
import { agentEnv, type BoxRules, boxOf } from '../box.ts';
import { type Child, startChild } from '../child.ts';
import type { AgentDeps } from '../deps.ts';
import { findProgram } from '../find-program.ts';
import { type Stop, watchRun } from '../stop.ts';
import { createTranscript } from '../transcript.ts';
import { holdSession } from './session.ts';
import { createUpdates } from './updates.ts';
import { wireOf } from './wire.ts';

export interface AcpOptions extends BoxRules {
  /** How it is called in reports. */
  readonly name: string;
  readonly recorded: boolean;
  readonly argv: readonly [program: string, ...args: string[]];
}

const TRANSCRIPT_BYTES = 5 * 1024 * 1024;
/** An agent that ended its turn may tidy up; several never leave by themselves. */
const LEAVE_MS = 800;
const TERM_MS = 1_000;

/** Any program that speaks the Agent Client Protocol (version 1) on stdio. */
export function acpAgent(options: AcpOptions, deps: AgentDeps): CodeAgent {
  return {
    name: options.name,
    recorded: options.recorded,
    probe: () => probeProgram(options, deps),
    run: (task, signal) => runAcp(options, deps, task, signal),
  };
}

async function probeProgram(options: AcpOptions, deps: AgentDeps): Promise<AgentProbe> {
  const program = await programOf(options, deps);
  return program === null
    ? { ready: false, detail: `${options.argv[0]} is not installed` }
    : { ready: true, detail: program };
}

function programOf({ argv, env }: AcpOptions, deps: AgentDeps): Promise<string | null> {
  return findProgram(argv[0], agentEnv(env, deps)['PATH'] ?? '');
}

/** One run over ACP; settles in every case, with the whole process group gone. */
export async function runAcp(
  options: AcpOptions,
  deps: AgentDeps,
  task: AgentTask,
  signal: AbortSignal,
): Promise<AgentRun> {
  const program = await programOf(options, deps);
  if (program === null) return notInstalled(options);
  const workspace = await realpath(task.workspace);
  const [, ...args] = options.argv;
  const box = await boxOf([program, ...args], workspace, options, deps);
  try {
    const child = startChild(box.command, deps.clock);
    return await talk(child, { options, deps, task: { ...task, workspace } }, signal);
  } finally {
    await box.dispose();
  }
}

interface Talk {
  readonly options: AcpOptions;
  readonly deps: AgentDeps;
  readonly task: AgentTask;
}

async function talk(child: Child, { options, deps, task }: Talk, signal: AbortSignal): Promise<AgentRun> {
  const { clock } = deps;
  const transcript = createTranscript(TRANSCRIPT_BYTES);
  const watch = watchRun(child, task.limits, clock, signal);
  const updates = createUpdates(task.workspace, task.onProgress);
  try {
    const wire = wireOf(child, transcript, watch.alive);
    const session = { workspace: task.workspace, brief: task.brief, version: deps.version };
    const { stop, agent } = await holdSession({ wire, watch, updates, clock, signal }, session);
    updates.flush();
    return {
      end: stop.end,
      detail: withStderr(stop, child.stderrTail()),
      text: updates.text(),
      agent: agent === '' ? options.name : agent,
      transcript: transcript.lines(),
    };
  } finally {
    watch.release();
    await child.stop(signal.aborted ? 0 : LEAVE_MS, TERM_MS);
  }
}

function notInstalled({ name, argv }: AcpOptions): AgentRun {
  const detail = `${argv[0]} was not found on PATH`;
  return { end: 'not_installed', detail, text: '', agent: name || basename(argv[0]), transcript: [] };
}

/** What a person needs to see why it went wrong; nothing when it went well. */
export function withStderr(stop: Stop, tail: string): string {
  const said = tail.trim();
  return stop.end === 'finished' || said === ''
    ? stop.detail
    : `${stop.detail}; it said: ${said.slice(-2000)}`;
}
