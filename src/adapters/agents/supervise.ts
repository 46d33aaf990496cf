import type { AgentRun, AgentTask } from '../../ports/agent.ts';
import { createUpdates, type Updates } from './acp/updates.ts';
import type { Box } from './box.ts';
import { type Child, startChild } from './child.ts';
import type { AgentDeps } from './deps.ts';
import { type Stop, type Watch, watchRun } from './stop.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { watchUsage } from './usage.ts';

/** One run of an agent's program, and what it can be talked to with. */
export interface Stage {
  readonly child: Child;
  readonly watch: Watch;
  readonly updates: Updates;
  readonly transcript: Transcript;
  readonly task: AgentTask;
  readonly deps: AgentDeps;
  readonly signal: AbortSignal;
}

/** How the talk ended, and who the agent said it is (empty when it did not). */
export interface TalkEnd {
  readonly stop: Stop;
  readonly agent: string;
}

export interface Supervised {
  /** Name of the agent for reports, where it does not give its own. */
  readonly name: string;
  readonly box: Box;
  readonly task: AgentTask;
  readonly deps: AgentDeps;
  readonly signal: AbortSignal;
}

const TRANSCRIPT_BYTES = 5 * 1024 * 1024;
/** An agent that ended its turn may tidy up; several never leave by themselves. */
const LEAVE_MS = 800;
const TERM_MS = 1_000;
/** A person waits. */
const CANCELLED_TERM_MS = 250;

/**
 * Starts the program in its box, lets `talk` hold the conversation under the deadlines and bounds, and takes everything
 * down that it has started, however that ended. `talk` settles with the watch at the latest.
 */
export async function supervise(
  run: Supervised,
  talk: (stage: Stage) => Promise<TalkEnd>,
): Promise<AgentRun> {
  const { name, box, task, deps, signal } = run;
  const child = startChild(box.command, deps.clock);
  const watch = watchRun(child, task.limits, deps.clock, signal);
  const transcript = createTranscript(TRANSCRIPT_BYTES);
  const updates = createUpdates(task.workspace, task.onProgress);
  void watchUsage({ command: box.command, child, writable: box.written }, watch, deps.clock);
  try {
    const { stop, agent } = await talk({ child, watch, updates, transcript, task, deps, signal });
    updates.flush();
    return {
      end: stop.end,
      detail: withStderr(stop, child.stderrTail()),
      text: updates.text(),
      agent: agent === '' ? name : agent,
      transcript: transcript.lines(),
      ...(updates.dollars() > 0 && { dollars: updates.dollars() }),
    };
  } finally {
    watch.release();
    await child.stop(signal.aborted ? 0 : LEAVE_MS, signal.aborted ? CANCELLED_TERM_MS : TERM_MS);
  }
}

/** What a person needs to see why it went wrong; nothing when it went well. */
function withStderr(stop: Stop, tail: string): string {
  const said = tail.trim();
  return stop.end === 'finished' || said === ''
    ? stop.detail
    : `${stop.detail}; it said: ${said.slice(-2000)}`;
}

/** A run that never began. */
export function notRun(end: AgentRun['end'], detail: string, agent: string): AgentRun {
  return { end, detail, text: '', agent, transcript: [] };
}
