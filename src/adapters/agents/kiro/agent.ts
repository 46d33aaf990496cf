import { realpath } from 'node:fs/promises';
import type { AgentProbe, AgentRun, AgentTask, CodeAgent } from '../../../ports/agent.ts';
import { runAcp } from '../acp/agent.ts';
import { type BoxRules, boxOf } from '../box.ts';
import type { AgentDeps } from '../deps.ts';
import { notRun, supervise } from '../supervise.ts';
import { talkHeadless } from './headless.ts';
import { KIRO_ENV, type Kiro, probeKiro } from './probes.ts';

export interface KiroOptions {
  /** Name or path of the CLI. */
  readonly command: string;
  /** Environment variables let through beside the base list and Kiro's own. */
  readonly env: readonly string[];
  readonly network: boolean;
}

/** Kiro's own folders: it reads its agents and settings, and writes sessions, logs and refreshed credentials. */
const READABLE = ['.kiro', '.aws/sso/cache'];
const WRITABLE = ['.kiro/sessions', '.kiro/logs', '.local/share/kiro-cli'];

type Ready = Extract<Kiro, { state: 'ready' }>;

/**
 * The Kiro CLI: over ACP where the installed one speaks it, else one headless run with machine output. HOME stays where
 * it is, because the credential store lives there.
 */
export function kiroAgent(options: KiroOptions, deps: AgentDeps): CodeAgent {
  const look = (signal: AbortSignal) => probeKiro(options.command, options.env, deps, signal);
  return {
    name: 'kiro',
    recorded: false,
    probe: async () => toProbe(await look(new AbortController().signal)),
    async run(task, signal) {
      const kiro = await look(signal);
      if (signal.aborted) return notRun('cancelled', 'cancelled', 'kiro');
      switch (kiro.state) {
        case 'not_installed':
          return notRun('not_installed', kiro.detail, 'kiro');
        case 'not_signed_in':
          return notRun('not_signed_in', kiro.detail, `kiro-cli ${kiro.version}`);
        case 'ready':
          return runReady(kiro, options, deps, { task, signal });
      }
    },
  };
}

interface Job {
  readonly task: AgentTask;
  readonly signal: AbortSignal;
}

async function runReady(kiro: Ready, options: KiroOptions, deps: AgentDeps, job: Job): Promise<AgentRun> {
  const { acp, headless } = kiro.flags;
  const rules = rulesOf(options);
  if (acp !== null) {
    const argv = [kiro.program, ...acp] as const;
    return runAcp({ ...rules, name: 'kiro', recorded: false, argv }, deps, job.task, job.signal);
  }
  if (headless === null) {
    const detail = `kiro-cli ${kiro.version} knows neither acp nor --output-format: update it with \`kiro-cli update\``;
    return notRun('failed', detail, `kiro-cli ${kiro.version}`);
  }
  const workspace = await realpath(job.task.workspace);
  const box = await boxOf([kiro.program, ...headless], workspace, rules, deps);
  try {
    const task = { ...job.task, workspace };
    const run = { name: `kiro-cli ${kiro.version}`, box, task, deps, signal: job.signal };
    return await supervise(run, talkHeadless);
  } finally {
    await box.dispose();
  }
}

function rulesOf({ env, network }: KiroOptions): BoxRules {
  return { env: [...KIRO_ENV, ...env], readable: READABLE, writable: WRITABLE, network };
}

function toProbe(kiro: Kiro): AgentProbe {
  if (kiro.state !== 'ready') return { ready: false, detail: kiro.detail };
  const { acp, headless } = kiro.flags;
  const way = acp !== null ? 'ACP' : headless !== null ? 'stream-json' : null;
  const detail = `kiro-cli ${kiro.version}, signed in (${kiro.account})`;
  return way === null
    ? { ready: false, detail: `${detail}, but too old: it knows neither acp nor --output-format` }
    : { ready: true, detail: `${detail}, over ${way}` };
}
