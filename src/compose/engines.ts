import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { acpAgent } from '../adapters/agents/acp/agent.ts';
import { ACP_PRESETS, type AcpPreset } from '../adapters/agents/acp/presets.ts';
import type { AgentDeps } from '../adapters/agents/deps.ts';
import { commandAgent } from '../adapters/agents/headless/agent.ts';
import { kiroAgent } from '../adapters/agents/kiro/agent.ts';
import { recordedAgent } from '../adapters/agents/recorded/agent.ts';
import type { Settings } from '../config/config.ts';
import { VigilError } from '../domain/errors.ts';
import type { CodeAgent } from '../ports/agent.ts';
import type { Sandbox } from '../ports/process.ts';
import { repairEngine } from '../workflow/crafts.ts';
import { localParser } from './fix-parts.ts';
import { clock, packageTemplates } from './parts.ts';
import type { Place } from './place.ts';

type Configured = Settings['agent'];

/**
 * Engines by name; null is the configured one. `auto` asks Kiro whether it is there and signed in, and takes `repair`
 * otherwise. The function rejects with VigilError `usage` for a name that there is not, or without a command it needs.
 */
export function localAgents(place: Place, sandbox: Sandbox): (engine: string | null) => Promise<CodeAgent> {
  const { agent } = place.settings;
  const deps: AgentDeps = {
    clock,
    sandbox,
    env: place.env,
    home: homedir(),
    temp: tmpdir(),
    version: place.version,
  };
  return async (engine) => {
    const name = engine ?? agent.engine;
    return name === 'auto' ? kiroOrRepair(agent, deps) : engineCalled(name, agent, deps);
  };
}

async function kiroOrRepair(agent: Configured, deps: AgentDeps): Promise<CodeAgent> {
  const kiro = kiroOf(agent, deps);
  return (await kiro.probe()).ready ? kiro : repairEngine(localParser());
}

function engineCalled(name: string, agent: Configured, deps: AgentDeps): CodeAgent {
  const { env, network, homeFolders } = agent;
  const rules = { env, readable: [], writable: homeFolders, network };
  switch (name) {
    case 'kiro':
      return kiroOf(agent, deps);
    case 'repair':
      return repairEngine(localParser());
    case 'recorded':
      return recordedAgent(join(packageTemplates, 'demo', 'recording.json'), deps);
    case 'acp': {
      const argv = commandOf(name, agent);
      return acpAgent({ ...rules, name: argv[0], recorded: false, argv }, deps);
    }
    case 'command':
      return commandAgent({ ...rules, argv: commandOf(name, agent) }, deps);
    default:
      return isPreset(name) ? presetAgent(name, agent, deps) : unknown(name);
  }
}

/** The command of the configuration belongs to the engine of the configuration, not to one that was named instead. */
function kiroOf({ engine, command, env, network }: Configured, deps: AgentDeps): CodeAgent {
  const own = engine === 'kiro' || engine === 'auto' ? command[0] : undefined;
  return kiroAgent({ command: own ?? 'kiro-cli', env, network }, deps);
}

function presetAgent(name: keyof typeof ACP_PRESETS, agent: Configured, deps: AgentDeps): CodeAgent {
  const preset: AcpPreset = ACP_PRESETS[name];
  const [program, ...args] = agent.engine === name ? agent.command : [];
  return acpAgent(
    {
      name,
      recorded: false,
      argv: program === undefined ? preset.argv : [program, ...args],
      env: [...preset.env, ...agent.env],
      readable: [],
      writable: [...preset.homeFolders, ...agent.homeFolders],
      network: agent.network,
    },
    deps,
  );
}

function isPreset(name: string): name is keyof typeof ACP_PRESETS {
  return Object.hasOwn(ACP_PRESETS, name);
}

function commandOf(name: string, { command }: Configured): readonly [string, ...string[]] {
  const [program, ...args] = command;
  if (program !== undefined) return [program, ...args];
  throw new VigilError('usage', {
    what: `the engine \`${name}\` has no command`,
    hint: 'Set `agent.command` in vigilai.config.ts (docs/agents.md).',
  });
}

function unknown(name: string): never {
  const there = ['kiro', ...Object.keys(ACP_PRESETS), 'acp', 'command', 'repair'];
  throw new VigilError('usage', {
    what: `there is no engine called ${name}`,
    hint: `There are ${there.join(', ')}.`,
  });
}
