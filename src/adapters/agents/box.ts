import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
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
  const below = (folder: string) => join(deps.home, folder);
  const absolute = (folder: string) => (folder.startsWith('/') ? folder : below(folder));
  const env = {
    ...agentEnv(rules.env, deps),
    PWD: workspace,
    TMPDIR: temp,
    TEMP: temp,
    TMP: temp,
    NO_COLOR: '1',
    TERM: 'dumb',
  };
  const command = deps.sandbox.confine(
    { argv, cwd: workspace, env },
    {
      writable: [workspace, temp, ...rules.writable.map(absolute)],
      readableHome: [...rules.readable, ...rules.writable].map(absolute),
      network: rules.network,
    },
  );
  return { command, dispose: () => rm(temp, { recursive: true, force: true }) };
}

/** The allow-list with the names given, and no token. */
export function agentEnv(names: readonly string[], deps: AgentDeps): Record<string, string> {
  return baseEnv(deps.env, names);
}
