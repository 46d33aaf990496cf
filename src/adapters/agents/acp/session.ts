import * as acp from '@agentclientprotocol/sdk';
import { z } from 'zod';
import type { Stop } from '../stop.ts';
import type { Stage, TalkEnd } from '../supervise.ts';
import { answerPermission } from './permission.ts';
import { realPath } from './real-path.ts';
import { pathsOf, toolCallOf } from './updates.ts';
import { wireOf } from './wire.ts';

/** Updates sent just before the answer to a prompt may still be queued when the answer arrives. */
const DRAIN_MS = 50;
/** How long a cancelled agent may take to say so before it is killed. */
const CANCEL_MS = 400;
/** JSON-RPC code with which an agent asks for a login (ACP, `auth_required`). */
const AUTH_REQUIRED = -32000;

/** One session with one prompt. Settles with the first of: the agent's own end, a failure, or what `watch` says. */
export async function holdSession(stage: Stage): Promise<TalkEnd> {
  const { child, transcript, watch, deps } = stage;
  const connection = clientOf(stage).connect(wireOf(child, transcript, watch.alive));
  const known = { agent: '', sessionId: '' };
  try {
    const turn = converse(connection.agent, stage, known);
    const first = await Promise.race([turn, watch.stopped]);
    const stop = first.end === 'exited' ? await lastWord(turn, first, stage) : first;
    if (stop.end !== 'exited' && known.sessionId !== '')
      await sayCancel(connection.agent, known.sessionId, turn, stage);
    await deps.clock.sleep(DRAIN_MS);
    return { stop, agent: known.agent };
  } finally {
    connection.close();
  }
}

/** An agent may answer and leave in one breath: its exit is seen first, its answer is still in the pipe. */
function lastWord(turn: Promise<Stop>, exit: Stop, { deps }: Stage): Promise<Stop> {
  return Promise.race([turn, deps.clock.sleep(DRAIN_MS).then(() => exit)]);
}

/** The client's half of the protocol. No file system, no terminal: the agent works on the workspace by itself. */
function clientOf({ updates, watch, signal, task }: Stage): acp.ClientApp {
  return acp
    .client({ name: 'vigilai' })
    .onNotification(acp.methods.client.session.update, notification, ({ params }) => {
      updates.read(params.update);
    })
    .onRequest(acp.methods.client.session.requestPermission, permissionRequest, async ({ params }) => {
      const call = toolCallOf(params.toolCall);
      const paths = await Promise.all(pathsOf(call).map((path) => realPath(task.workspace, path)));
      if (signal.aborted) return { outcome: { outcome: 'cancelled' as const } };
      return { outcome: answerPermission({ kind: call.kind ?? null, paths, options: params.options }, task) };
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
  stage: Stage,
  known: { agent: string; sessionId: string },
): Promise<Stop> {
  const { task, deps, watch } = stage;
  try {
    const hello = await agent.request(acp.methods.agent.initialize, {
      protocolVersion: acp.PROTOCOL_VERSION,
      clientInfo: { name: 'vigilai', title: 'VigilAI', version: deps.version },
      // Kiro stays silent unless `terminal` is there, true or false.
      clientCapabilities: { fs: { readTextFile: false, writeTextFile: false }, terminal: false },
    });
    if (hello.agentInfo) known.agent = `${hello.agentInfo.name} ${hello.agentInfo.version}`;
    const session = await agent.request(acp.methods.agent.session.new, {
      cwd: task.workspace,
      mcpServers: [],
    });
    known.sessionId = session.sessionId;
    watch.started();
    const answer = await agent.request(acp.methods.agent.session.prompt, {
      sessionId: session.sessionId,
      prompt: [{ type: 'text', text: task.brief }],
    });
    return stopOf(answer.stopReason);
  } catch (error) {
    return failureOf(error, stage);
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
async function failureOf(error: unknown, { watch, deps }: Stage): Promise<Stop> {
  const failure = describe(error);
  const later = deps.clock.sleep(DRAIN_MS).then(() => failure);
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
  { deps, watch }: Stage,
): Promise<void> {
  const done = new AbortController();
  const ended = turn.then(() => done.abort());
  if (await settledAlready(turn)) return;
  watch.alive();
  // The pipe may be closed already: then there is nobody to tell.
  await agent.notify(acp.methods.agent.session.cancel, { sessionId }).catch(() => undefined);
  await Promise.race([ended, deps.clock.sleep(CANCEL_MS, done.signal)]);
}

async function settledAlready(turn: Promise<Stop>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([turn, Promise.resolve(open)])) !== open;
}
