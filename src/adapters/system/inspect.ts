import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { execa } from 'execa';
import type { CodeAgent } from '../../ports/agent.ts';
import type { Finding } from '../../ports/house.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { baseEnv } from '../process/base-env.ts';

/** What `doctor` looks at, as plain facts. */
export interface Inspected {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Name of the sandbox that was really tried. */
  readonly sandbox: string;
  readonly sandboxWanted: 'auto' | 'none';
  readonly state: string;
  readonly socket: string;
  /** The configured engine: its own probe tells of version and credential, and settles in every case. */
  readonly agent: Pick<CodeAgent, 'name' | 'probe'>;
  /** Names of the keys and tokens that the configuration asks for, with what they are for. */
  readonly keys: readonly { readonly name: string; readonly use: string }[];
  readonly secrets: Secrets;
}

/** A program that hangs is as good as missing. */
const PROBE_MS = 5_000;
const LEAST_FREE_BYTES = 200 * 1024 * 1024;

/** One finding a thing that VigilAI needs or can use. Prints no secret, spends no credit, opens no socket. */
export async function inspect(facts: Inspected): Promise<readonly Finding[]> {
  const found = await Promise.all([
    gitFinding(facts),
    agentFinding(facts),
    stateFinding(facts).then(async (state) => [state, await diskFinding(facts)]),
    ...facts.keys.map((key) => keyFinding(key, facts)),
  ]);
  return [nodeFinding(), sandboxFinding(facts), ...found.flat()];
}

function nodeFinding(): Finding {
  return { name: 'node', state: 'ok', detail: process.version, next: null };
}

async function gitFinding({ env }: Inspected): Promise<Finding> {
  const ended = await execa('git', ['--version'], {
    env: baseEnv(env),
    extendEnv: false,
    stdin: 'ignore',
    timeout: PROBE_MS,
    reject: false,
  });
  const version = ended.stdout.split('\n')[0]?.trim() ?? '';
  if (!ended.failed) return { name: 'git', state: 'ok', detail: version, next: null };
  const why = ended.timedOut ? `does not answer within ${PROBE_MS / 1000} s` : 'does not run';
  const detail = ended.code === 'ENOENT' ? 'not installed' : why;
  return {
    name: 'git',
    state: 'missing',
    detail,
    next: 'Install git: it is needed for diagnosis and fixes.',
  };
}

function sandboxFinding({ sandbox, sandboxWanted }: Inspected): Finding {
  if (sandbox !== 'none') return { name: 'sandbox', state: 'ok', detail: `${sandbox} works`, next: null };
  const detail =
    sandboxWanted === 'none'
      ? 'switched off by fix.sandbox'
      : 'none works here: fixes are staged, never pushed';
  return {
    name: 'sandbox',
    state: 'warning',
    detail,
    next: 'Install bubblewrap: apt-get install bubblewrap',
  };
}

async function agentFinding({ agent }: Inspected): Promise<Finding> {
  const { ready, detail } = await agent.probe();
  const name = `agent ${agent.name}`;
  if (ready) return { name, state: 'ok', detail, next: null };
  const next = 'Only `fix` needs it: install it and sign in, or set `agent` to another ACP program.';
  return { name, state: 'warning', detail, next };
}

async function stateFinding({ state, socket }: Inspected): Promise<Finding> {
  try {
    await mkdir(state, { recursive: true, mode: 0o700 });
    await access(state, constants.W_OK);
    return { name: 'state', state: 'ok', detail: `${state} (socket ${socket})`, next: null };
  } catch {
    return {
      name: 'state',
      state: 'missing',
      detail: `${state} cannot be written`,
      next: `Make it yours: chmod u+rwx ${state}`,
    };
  }
}

async function diskFinding({ state }: Inspected): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(state);
    const free = bavail * bsize;
    const detail = `${Math.round(free / 1024 / 1024)} MB free`;
    if (free >= LEAST_FREE_BYTES) return { name: 'disk', state: 'ok', detail, next: null };
    return { name: 'disk', state: 'warning', detail, next: 'Free some space.' };
  } catch {
    return { name: 'disk', state: 'warning', detail: 'free space is not known', next: null };
  }
}

async function keyFinding(
  { name, use }: { readonly name: string; readonly use: string },
  { secrets }: Inspected,
): Promise<Finding> {
  try {
    const there = (await secrets.get(name)) !== null;
    const detail = there ? 'is set' : `is not set: ${use} stays off`;
    return {
      name,
      state: there ? 'ok' : 'warning',
      detail,
      next: there ? null : `Set ${name} only if you want ${use}.`,
    };
  } catch (error) {
    return {
      name,
      state: 'warning',
      detail: error instanceof Error ? error.message : String(error),
      next: 'chmod 600 the secrets file',
    };
  }
}
