import { z } from 'zod';

const seconds = (most: number) => z.number().int().positive().max(most);

/** Options of the coding agent. Deadlines in seconds. */
export const agentOptionsSchema = z.strictObject({
  engine: z
    .enum(['kiro', 'acp', 'repair'])
    .default('kiro')
    .describe(
      'Who writes the fix: the Kiro CLI, any program that speaks the Agent Client Protocol, or the built-in repairs of known crashes, which need no model. Where nothing is set and the Kiro CLI is not installed, the built-in ones.',
    ),
  command: z
    .array(z.string().min(1))
    .default([])
    .describe('For `acp`: the program and its arguments, such as ["qwen", "--acp"].'),
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
  totalSeconds: seconds(14_400).default(1200).describe('Longest run.'),
});
