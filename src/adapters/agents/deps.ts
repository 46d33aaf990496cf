import type { Clock } from '../../ports/clock.ts';
import type { Sandbox } from '../../ports/process.ts';

/** What the agents need of the world. */
export interface AgentDeps {
  readonly clock: Clock;
  readonly sandbox: Sandbox;
  /** Our own environment; what an agent sees of it is an allow-list. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Home directory of the user, absolute. */
  readonly home: string;
  /** Folder in which each run gets its own temporary folder. */
  readonly temp: string;
  /** Version of VigilAI, told to the agent. */
  readonly version: string;
}
