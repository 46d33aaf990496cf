import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from '../../ports/process.ts';
import { baseEnv } from '../process/base-env.ts';
import type { AgentDeps } from './deps.ts';

/** What an agent may see and touch beside the workspace. */
export interface BoxRules {
  /** Environment variables let through beside the base list. */
  readonly env: readonly string[];
  /** Folders that may be read although they lie in the home directory; absolute or below home. */
  readonly readable: readonly string[];
  /** The same for folders that may be written too. */
  readonly writable: readonly string[];
  readonly network: boolean;
}

/** A confined command with a temporary folder of its own. */
export interface Box {
  readonly command: Command;
  /** Folders of this run alone that it may write: workspace and temp. */
  readonly written: readonly string[];
  /** The temporary folder. */
  readonly temp: string;
  dispose(): Promise<void>;
}

/** Puts an agent's command in the sandbox: it may write the workspace, its own temporary folder, and `rules.writable`. */
export async function boxOf(
  argv: Command['argv'],
  workspace: string,
  rules: BoxRules,
  deps: AgentDeps,
): Promise<Box> {
  const temp = await mkdtemp(join(await realpath(deps.temp), 'vigilai-agent-'));
  const absolute = (folder: string) => resolve(deps.home, folder);
  const env = {
    ...agentEnv(rules.env, deps),
    PWD: workspace,
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    NO_COLOR: '1',
    TERM: 'dumb',
  };
  const writable = rules.writable.map(absolute);
  for (const folder of writable) await makeFolder(folder);
  const command = deps.sandbox.confine(
    { argv, cwd: workspace, env },
    {
      writable: [workspace, temp, ...writable],
      readableHome: [...rules.readable.map(absolute), ...writable],
      network: rules.network,
    },
  );
  return {
    command,
    written: [workspace, temp],
    temp,
    dispose: () => rm(temp, { recursive: true, force: true }),
  };
}

/** A sandbox can only open what exists. Where the parent is missing too, the agent was never set up: then it stays so. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
}

/** The allow-list with the names given, and no token. */
export function agentEnv(names: readonly string[], deps: AgentDeps): Record<string, string> {
  return baseEnv(deps.env, names);
}
