import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk';
import { type RecordedStep, type Recording, recordingSchema } from './recording.ts';

/**
 * An ACP agent on stdio that replays a recorded run: `node recorded-agent.js RECORDING.json`. Files are read, written
 * and deleted for real below the session's folder; what was run is only shown.
 */
async function main(file: string): Promise<void> {
  const recording = recordingSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const wire = acp.ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin));
  const connection = agentOf(recording).connect(wire);
  await connection.closed;
}

function agentOf(recording: Recording): acp.AgentApp {
  const folders = new Map<string, string>();
  const cancelled = new Set<string>();
  return acp
    .agent({ name: 'recorded-agent' })
    .onRequest(acp.methods.agent.initialize, () => ({
      protocolVersion: acp.PROTOCOL_VERSION,
      agentInfo: { name: 'recorded agent', version: `(${recording.agent}, ${recording.recorded})` },
      agentCapabilities: {},
      authMethods: [],
    }))
    .onRequest(acp.methods.agent.session.new, ({ params }) => {
      const sessionId = `recorded-${folders.size + 1}`;
      folders.set(sessionId, params.cwd);
      return { sessionId };
    })
    .onNotification(acp.methods.agent.session.cancel, ({ params }) => {
      cancelled.add(params.sessionId);
    })
    .onRequest(acp.methods.agent.session.prompt, async ({ params, client }) => {
      const { sessionId } = params;
      const folder = folders.get(sessionId);
      if (folder === undefined) throw acp.RequestError.invalidParams({ sessionId });
      for (const [index, step] of recording.steps.entries()) {
        if (cancelled.has(sessionId)) return { stopReason: 'cancelled' };
        await play(step, { id: `call-${index + 1}`, folder, sessionId, client });
      }
      return { stopReason: 'end_turn' };
    });
}

interface Stage {
  readonly id: string;
  readonly folder: string;
  readonly sessionId: string;
  readonly client: acp.AgentContext;
}

async function play(step: RecordedStep, stage: Stage): Promise<void> {
  switch (step.step) {
    case 'message':
      return tell(stage, { sessionUpdate: 'agent_message_chunk', content: text(`${step.text}\n`) });
    case 'thought':
      return tell(stage, { sessionUpdate: 'agent_thought_chunk', content: text(step.text) });
    case 'plan': {
      const entries = step.entries.map((content) => ({
        content,
        priority: 'medium' as const,
        status: 'pending' as const,
      }));
      return tell(stage, { sessionUpdate: 'plan', entries });
    }
    case 'read':
    case 'write':
    case 'delete':
      return touch(step, stage);
    case 'run':
      return show(stage, { title: step.command, kind: 'execute', path: null, output: step.output });
  }
}

type FileStep = Extract<RecordedStep, { path: string }>;

const FILE_TOOLS = {
  read: { kind: 'read', verb: 'Reading' },
  write: { kind: 'edit', verb: 'Writing' },
  delete: { kind: 'delete', verb: 'Deleting' },
} as const satisfies Readonly<Record<FileStep['step'], unknown>>;

async function touch(step: FileStep, stage: Stage): Promise<void> {
  const path = join(stage.folder, step.path);
  const { kind, verb } = FILE_TOOLS[step.step];
  switch (step.step) {
    case 'read':
      await readFile(path, 'utf8');
      break;
    case 'write':
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, step.content);
      break;
    case 'delete':
      await rm(path);
      break;
  }
  await show(stage, { title: `${verb} ${step.path}`, kind, path, output: '' });
}

interface Shown {
  readonly title: string;
  readonly kind: acp.ToolKind;
  readonly path: string | null;
  readonly output: string;
}

async function show(stage: Stage, { title, kind, path, output }: Shown): Promise<void> {
  const call = { toolCallId: stage.id, title, kind, locations: path === null ? [] : [{ path }] };
  await tell(stage, { sessionUpdate: 'tool_call', ...call, status: 'in_progress' });
  const content = output === '' ? [] : [{ type: 'content' as const, content: text(output) }];
  await tell(stage, { sessionUpdate: 'tool_call_update', ...call, status: 'completed', content });
}

function tell({ client, sessionId }: Stage, update: acp.SessionUpdate): Promise<void> {
  return client.notify(acp.methods.client.session.update, { sessionId, update });
}

function text(content: string): { type: 'text'; text: string } {
  return { type: 'text', text: content };
}

await main(process.argv[2] ?? '');
