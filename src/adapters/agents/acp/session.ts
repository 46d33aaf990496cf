import * as acp from '@agentclientprotocol/sdk';
import { z } from 'zod';
import type { Clock } from '../../../ports/clock.ts';
import type { Stop, Watch } from '../stop.ts';
import { answerPermission } from './permission.ts';
import { pathsOf, toolCallOf, type Updates } from './updates.ts';

export interface SessionParts {
  readonly wire: acp.Stream;
  readonly watch: Watch;
  readonly updates: Updates;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export interface SessionTask {
  readonly workspace: string;
  readonly brief: string;
  readonly version: string;
}

/** How a session ended, and who the agent said it is (empty when it did not). */
export interface SessionEnd {
  readonly stop: Stop;
  readonly agent: string;
}

/** Updates sent just before the answer to a prompt may still be queued when the answer arrives. */
const DRAIN_MS = 50;
/** How long a cancelled agent may take to say so before it is killed. */
const CANCEL_MS = 500;
/** JSON-RPC code with which an agent asks for a login (ACP, `auth_required`). */
const AUTH_REQUIRED = -32000;

/** One session with one prompt. Settles with the first of: the agent's own end, a failure, or what `watch` says. */
export async function holdSession(parts: SessionParts, task: SessionTask): Promise<SessionEnd> {
  const connection = clientOf(parts, task.workspace).connect(parts.wire);
  const known = { agent: '', sessionId: '' };
  try {
    const turn = converse(connection.agent, parts, task, known);
    const first = await Promise.race([turn, parts.watch.stopped]);
    const stop = first.end === 'exited' ? await lastWord(turn, first, parts) : first;
    if (stop.end !== 'exited' && known.sessionId !== '')
      await sayCancel(connection.agent, known.sessionId, turn, parts);
    await parts.clock.sleep(DRAIN_MS);
    return { stop, agent: known.agent };
  } finally {
    connection.close();
  }
}

/** An agent may answer and leave in one breath: its exit is seen first, its answer is still in the pipe. */
function lastWord(turn: Promise<Stop>, exit: Stop, { clock }: SessionParts): Promise<Stop> {
  return Promise.race([turn, clock.sleep(DRAIN_MS).then(() => exit)]);
}

/** The client's half of the protocol. No file system, no terminal: the agent works on the workspace by itself. */
function clientOf({ updates, watch, signal }: SessionParts, workspace: string): acp.ClientApp {
  return acp
    .client({ name: 'vigilai' })
    .onNotification(acp.methods.client.session.update, notification, ({ params }) => {
      updates.read(params.update);
    })
    .onRequest(acp.methods.client.session.requestPermission, permissionRequest, ({ params }) => {
      const call = toolCallOf(params.toolCall);
      if (signal.aborted) return { outcome: { outcome: 'cancelled' as const } };
      const question = { kind: call.kind ?? null, paths: pathsOf(call), options: params.options };
      return { outcome: answerPermission(question, workspace) };
    })
    .onRequest('*', ({ method }) => {
      if (/\/auth\//.test(method))
        watch.stop({ end: 'not_signed_in', detail: `the agent asks for ${method}` });
      throw acp.RequestError.methodNotFound(method);
    })
    .onNotification('*', () => undefined);
}

const notification = z.looseObject({ update: z.unknown().optional() });
const permissionRequest = z.looseObject({
  toolCall: z.unknown().optional(),
  options: z.array(z.looseObject({ optionId: z.string(), kind: z.string() })),
});

async function converse(
  agent: acp.ClientContext,
  parts: SessionParts,
  task: SessionTask,
  known: { agent: string; sessionId: string },
): Promise<Stop> {
  try {
    const hello = await agent.request(acp.methods.agent.initialize, {
      protocolVersion: acp.PROTOCOL_VERSION,
      clientInfo: { name: 'vigilai', title: 'VigilAI', version: task.version },
      // Kiro stays silent unless `terminal` is there, true or false.
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    });
    if (hello.agentInfo) known.agent = `${hello.agentInfo.name} ${hello.agentInfo.version}`;
    const session = await agent.request(acp.methods.agent.session.new, {
      cwd: task.workspace,
      mcpServers: [],
    });
    known.sessionId = session.sessionId;
    parts.watch.started();
    const answer = await agent.request(acp.methods.agent.session.prompt, {
      sessionId: session.sessionId,
      prompt: [{ type: 'text', text: task.brief }],
    });
    return stopOf(answer.stopReason);
  } catch (error) {
    return failureOf(error, parts);
  }
}

function stopOf(reason: acp.StopReason): Stop {
  switch (reason) {
    case 'end_turn':
      return { end: 'finished', detail: 'the agent ended its turn' };
    case 'max_tokens':
    case 'max_turn_requests':
      return { end: 'finished', detail: `the agent stopped at its own limit (${reason})` };
    case 'refusal':
      return { end: 'failed', detail: 'the agent refused the task' };
    case 'cancelled':
      return { end: 'failed', detail: 'the agent cancelled its turn' };
  }
}

/** A closed pipe is seen before the exit event: whoever else has a reason within a moment knows better. */
async function failureOf(error: unknown, { watch, clock }: SessionParts): Promise<Stop> {
  const failure = describe(error);
  const later = clock.sleep(DRAIN_MS).then(() => failure);
  return Promise.race([watch.stopped, later]);
}

function describe(error: unknown): Stop {
  const failure = rpcError.safeParse(error);
  if (!failure.success) return { end: 'failed', detail: String(error) };
  const { code, message, data } = failure.data;
  const detail = data === undefined ? message : `${message} ${JSON.stringify(data).slice(0, 500)}`;
  return { end: code === AUTH_REQUIRED ? 'not_signed_in' : 'failed', detail };
}

const rpcError = z.object({ code: z.number().optional(), message: z.string(), data: z.unknown().optional() });

/** Asks a turn that still runs to end, and gives it a moment. A turn that has ended costs nothing. */
async function sayCancel(
  agent: acp.ClientContext,
  sessionId: string,
  turn: Promise<Stop>,
  { clock, watch }: SessionParts,
): Promise<void> {
  const done = new AbortController();
  const ended = turn.then(() => done.abort());
  if (await settledAlready(turn)) return;
  watch.alive();
  // The pipe may be closed already: then there is nobody to tell.
  await agent.notify(acp.methods.agent.session.cancel, { sessionId }).catch(() => undefined);
  await Promise.race([ended, clock.sleep(CANCEL_MS, done.signal)]);
}

async function settledAlready(turn: Promise<Stop>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([turn, Promise.resolve(open)])) !== open;
}
