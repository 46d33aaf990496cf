import { z } from 'zod';

const relativePath = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith('/') && !path.split('/').includes('..'), {
    error: 'must be a path inside the repository, with forward slashes and without ..',
  });

const step = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('message'), text: z.string() }),
  z.strictObject({ step: z.literal('thought'), text: z.string() }),
  z.strictObject({ step: z.literal('plan'), entries: z.array(z.string()).min(1) }),
  z.strictObject({ step: z.literal('read'), path: relativePath }),
  z.strictObject({ step: z.literal('write'), path: relativePath, content: z.string() }),
  z.strictObject({ step: z.literal('delete'), path: relativePath }),
  z.strictObject({ step: z.literal('run'), command: z.string(), output: z.string() }),
]);

/**
 * A recorded run of a coding agent (docs/agents.md). `read`, `write` and `delete` really happen when it is replayed;
 * `run` is only shown, with the output that was recorded.
 */
export const recordingSchema = z.strictObject({
  /** Who was recorded, such as `claude-agent-acp 0.101.0`, or `hand-written`. */
  agent: z.string().min(1),
  /** Day of the recording, `YYYY-MM-DD`. */
  recorded: z.iso.date(),
  steps: z.array(step).min(1),
});

export type Recording = z.infer<typeof recordingSchema>;
export type RecordedStep = Recording['steps'][number];
