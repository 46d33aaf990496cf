import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { env, fault, flag, has, perform, type Step, steps, trusted, version } from './steps.ts';

interface Message {
  readonly id?: string | number;
  readonly method?: string;
  // biome-ignore lint: what the other side sends is read field by field
  readonly params?: Record<string, unknown>;
  readonly result?: { readonly outcome?: { readonly outcome?: string; readonly optionId?: string } };
}

/** `kiro-cli acp`, v2 dialect: JSON-RPC by hand, so that the client is not tested against its own SDK. */
export function serveAcp(): void {
  const waits = new Map<string, (answer: Message) => void>();
  const session = { id: '', cwd: process.cwd(), cancelled: false };
  const send = (message: object) =>
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const update = (facts: object) =>
    send({ method: 'session/update', params: { sessionId: session.id, update: facts } });
  const ask = (method: string, params: object): Promise<Message> => {
    const id = randomUUID();
    const answered = new Promise<Message>((settle) => waits.set(id, settle));
    send({ id, method, params });
    return answered;
  };

  async function hear(message: Message): Promise<void> {
    const { id } = message;
    const method = message.method ?? '';
    switch (method) {
      case 'initialize':
        return initialize(message);
      case 'session/new':
        return open(message);
      case 'session/cancel':
        session.cancelled = true;
        return;
      case 'session/prompt':
        return void send({ id, result: { stopReason: await turn() } });
      default:
        if (id !== undefined) send({ id, error: { code: -32601, message: `Method not found: ${method}` } });
    }
  }

  function initialize({ id, params }: Message): void {
    const terminal = (params?.['clientCapabilities'] as { terminal?: boolean } | undefined)?.terminal;
    // Kiro stays silent without these.
    if (fault === 'silent-init' || params?.['clientInfo'] === undefined || terminal === undefined) return;
    const agentInfo = { name: 'Kiro CLI Agent', title: 'Kiro CLI Agent', version };
    const v2 = { protocolVersion: 1, agentCapabilities: { loadSession: true }, authMethods: [], agentInfo };
    const meta = { kiro: { extensionMethods: [] } };
    const v3 = { protocolVersion: 1, agentCapabilities: { _meta: meta }, authMethods: [] };
    send({ id, result: env['FAKE_KIRO_ENGINE'] === 'v3' ? v3 : v2 });
  }

  async function open({ id, params }: Message): Promise<void> {
    if (fault === 'auth' || (env['FAKE_KIRO_ENGINE'] === 'v3' && flag('--auth-method') !== 'cli')) {
      await ask('_kiro/auth/getAccessToken', {});
      return; // hangs, as v3 does
    }
    session.id = randomUUID();
    session.cwd = String(params?.['cwd']);
    process.chdir(session.cwd);
    send({ method: '_kiro.dev/subagent/list_update', params: { subagents: [] } });
    const modes = {
      currentModeId: 'kiro_default',
      availableModes: [{ id: 'kiro_default', name: 'kiro_default' }],
    };
    const models = { currentModelId: 'auto', availableModels: [{ modelId: 'auto', name: 'auto' }] };
    send({ id, result: { sessionId: session.id, modes, models } });
  }

  async function turn(): Promise<string> {
    if (fault === 'crash') process.exit(1);
    for (const step of fault === 'exit0-nothing' ? [] : steps()) {
      while (fault === 'stall' && !session.cancelled) await wait(20);
      if (session.cancelled) return 'cancelled';
      if (fault === 'truncated') process.exit(0);
      await play(step);
    }
    if (fault === 'leak') spawn('sleep', ['600'], { stdio: ['ignore', 'inherit', 'inherit'] }).unref();
    send({ method: '_kiro.dev/metadata', params: { sessionId: session.id, contextUsagePercentage: 5 } });
    return 'end_turn';
  }

  async function play(step: Step): Promise<void> {
    if (step.text !== undefined) {
      update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: step.text } });
    }
    const call = callOf(step, session.cwd);
    if (call === null) return;
    const tool = call.kind === 'edit' ? 'write' : 'shell';
    const chunk = { sessionUpdate: 'tool_call_chunk', toolCallId: call.toolCallId, title: tool };
    send({ method: '_kiro.dev/session/update', params: { sessionId: session.id, update: chunk } });
    update({ sessionUpdate: 'tool_call', ...call, rawInput: step, _meta: { kiro: { toolName: tool } } });
    const allowed =
      fault !== 'denied' && (has('--trust-all-tools') || trusted(tool) || (await permitted(call)));
    const rawOutput = allowed ? { items: [perform(step)] } : undefined;
    update({
      sessionUpdate: 'tool_call_update',
      ...call,
      status: allowed ? 'completed' : 'failed',
      rawOutput,
    });
  }

  async function permitted(toolCall: object): Promise<boolean> {
    const options = [
      { optionId: 'yes-once', name: 'Yes', kind: 'allow_once' },
      { optionId: 'yes-always', name: 'Always', kind: 'allow_always' },
      { optionId: 'no', name: 'No', kind: 'reject_once' },
    ];
    const params = { sessionId: session.id, toolCall, options };
    const { result } = await ask('session/request_permission', params);
    return result?.outcome?.outcome === 'selected' && result.outcome.optionId === 'yes-once';
  }

  createInterface({ input: process.stdin })
    .on('line', (line) => {
      if (line.trim() === '') return;
      const message = JSON.parse(line) as Message;
      if (message.method !== undefined) return void hear(message);
      waits.get(String(message.id))?.(message);
    })
    .on('close', () => {
      if (fault !== 'stall') process.exit(0);
    });
}

/** The tool call that a step makes; null when it only speaks. */
function callOf(step: Step, cwd: string) {
  const toolCallId = `tooluse_${randomUUID().slice(0, 8)}`;
  if (step.write !== undefined) {
    const locations = [{ path: resolve(cwd, step.write.path) }];
    return { toolCallId, title: `Writing ${step.write.path}`, kind: 'edit', locations };
  }
  if (step.shell === undefined) return null;
  return { toolCallId, title: `Running: ${step.shell}`, kind: 'execute', locations: [] };
}
