import { dirname, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeAgent } from '../../../ports/agent.ts';
import { acpAgent } from '../acp/agent.ts';
import type { AgentDeps } from '../deps.ts';

/** The program that replays a recording: compiled beside us, or the source itself when we run from source. */
const PROGRAM = fileURLToPath(
  new URL(`../../scripted/recorded-agent${extname(import.meta.url)}`, import.meta.url),
);

/** Replays a recorded run (docs/agents.md) over the same wire as any other agent. `recordingPath` is absolute. */
export function recordedAgent(recordingPath: string, deps: AgentDeps): CodeAgent {
  return acpAgent(
    {
      name: 'recorded agent',
      recorded: true,
      argv: [process.execPath, PROGRAM, recordingPath],
      env: [],
      readable: [installationOf(PROGRAM), dirname(recordingPath)],
      writable: [],
      network: false,
    },
    deps,
  );
}

/** Root of our own installation: the program needs its compiled neighbours and node_modules. */
function installationOf(program: string): string {
  const top = program.search(/[\\/](dist[\\/])?src[\\/]adapters[\\/]/);
  return top < 0 ? dirname(program) : program.slice(0, top);
}
