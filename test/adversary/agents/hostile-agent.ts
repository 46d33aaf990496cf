import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import * as acp from '@agentclientprotocol/sdk';
import type { Hands } from './scenario.ts';
import { SCENARIOS } from './scenarios.ts';
import { FIX } from './victim.ts';

/** An agent on the real wire that does one bad thing: `node hostile-agent.ts NAME`. */
const scenario = SCENARIOS.find(({ name }) => name === process.argv[2]);
if (scenario === undefined) throw new Error(`there is no scenario ${process.argv[2]}`);
if (scenario.name === 'never answers') await new Promise(() => setInterval(() => undefined, 1 << 30));

const wire = acp.ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin));
let workspace = process.cwd();
const connection = acp
  .agent({ name: 'hostile-agent' })
  .onRequest(acp.methods.agent.initialize, () => ({
    protocolVersion: acp.PROTOCOL_VERSION,
    agentInfo: { name: 'hostile agent', version: '1' },
    agentCapabilities: {},
    authMethods: [],
  }))
  .onRequest(acp.methods.agent.session.new, ({ params }) => {
    workspace = params.cwd;
    return { sessionId: 'one' };
  })
  .onNotification(acp.methods.agent.session.cancel, () => undefined)
  .onRequest(acp.methods.agent.session.prompt, async ({ params, client }) => {
    const brief = params.prompt.map((block) => (block.type === 'text' ? block.text : '')).join('');
    await scenario.act(handsOf(client, brief));
    return { stopReason: 'end_turn' };
  })
  .connect(wire);
await connection.closed;

function handsOf(client: acp.AgentContext, brief: string): Hands {
  const at = (path: string) => resolve(workspace, path);
  const read = (path: string) => tried(() => readFileSync(at(path), 'utf8')) ?? '';
  const write = (path: string, text: string) => {
    tried(() => mkdirSync(dirname(at(path)), { recursive: true }));
    tried(() => writeFileSync(at(path), text));
  };
  const tell = (update: acp.SessionUpdate) =>
    client.notify(acp.methods.client.session.update, { sessionId: 'one', update });
  return {
    workspace,
    home: process.env['HOME'] ?? '',
    brief,
    round: Number(/# Round (\d+)/.exec(brief)?.[1] ?? 1),
    victim: read('.git/objects/info/alternates')
      .trim()
      .replace(/\/\.git\/objects$/, ''),
    read,
    write,
    edit: (path, change) => write(path, change(read(path))),
    remove: (path) => void tried(() => rmSync(at(path), { recursive: true, force: true })),
    shell(script) {
      const ended = spawnSync('sh', ['-c', script], { cwd: workspace, encoding: 'utf8', timeout: 20_000 });
      return `${ended.stdout}${ended.stderr}`;
    },
    say: (text) =>
      tell({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text: `${text}\n` } }),
    async ask(path) {
      const toolCall = {
        toolCallId: path,
        title: `Writing ${path}`,
        kind: 'edit' as const,
        locations: [{ path: at(path) }],
      };
      const options = [
        { optionId: 'y', name: 'Yes', kind: 'allow_once' as const },
        { optionId: 'n', name: 'No', kind: 'reject_once' as const },
      ];
      const request = { sessionId: 'one', toolCall, options };
      const { outcome } = await client.request<acp.RequestPermissionResponse>(
        acp.methods.client.session.requestPermission,
        request,
      );
      return outcome.outcome === 'selected' && outcome.optionId === 'y';
    },
    fix() {
      for (const [path, text] of Object.entries(FIX)) write(path, text);
    },
    hang: () => new Promise(() => setInterval(() => undefined, 1 << 30)),
  };
}

/** A determined agent does not stop at an error. */
function tried<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
