import { z } from 'zod';

const seconds = (most: number) => z.number().int().positive().max(most);

/** Options of the coding agent. Deadlines in seconds. */
export const agentOptionsSchema = z.strictObject({
  engine: z
    .enum(['auto', 'kiro', 'gemini', 'claude', 'codex', 'opencode', 'qwen', 'acp', 'command', 'repair'])
    .default('auto')
    .describe(
      'Who writes the fix: `auto` is Kiro where it is installed and signed in, else `repair`, which needs no model; `acp` and `command` run `agent.command` (docs/agents.md).',
    ),
  command: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'The program and its arguments, such as ["qwen", "--acp"]; for `command`, {brief} is a file with the task, and without it the task comes on stdin.',
    ),
  env: z
    .array(z.string().regex(/^[A-Za-z_]\w*$/))
    .default([])
    .describe('Names of environment variables that the agent may see beside the base list.'),
  homeFolders: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Folders below the home directory that the agent may read and write: its credentials and sessions, such as [".qwen"].',
    ),
  network: z.boolean().default(true).describe('May the agent reach the network (its model)?'),
  startSeconds: seconds(600).default(60).describe('Longest wait until a session stands.'),
  idleSeconds: seconds(3600).default(300).describe('Longest silence within a run.'),
  turnSeconds: seconds(14_400).default(900).describe('Longest run of one round.'),
  totalSeconds: seconds(14_400).default(1200).describe('Longest run of all rounds together.'),
});
