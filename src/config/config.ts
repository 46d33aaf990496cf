import { z } from 'zod';
import { agentOptionsSchema } from '../adapters/agents/options.ts';
import { githubOptionsSchema } from '../adapters/github/options.ts';
import { DEFAULT_PROVIDERS, providerSchema } from '../adapters/llm/options.ts';
import { fileSourceSchema } from '../adapters/sources/options.ts';

const count = (least: number, most: number) => z.number().int().min(least).max(most);
const dollars = z.number().min(0).max(10_000);

const detectionSchema = z.strictObject({
  bucketSeconds: count(1, 3600)
    .default(10)
    .describe('Numeric fields and rates are gathered into one point for each bucket of this many seconds.'),
  quietMinutes: z
    .number()
    .positive()
    .max(1440)
    .default(15)
    .describe('An episode ends when its anomaly has been silent for this long.'),
  dimensions: z
    .array(z.string().min(1))
    .max(8)
    .default(['route', 'path', 'endpoint'])
    .describe('Log fields that split a numeric series: the first one that a line carries.'),
});

/** A known provider by name, with its usual address and model, or any OpenAI-compatible endpoint. */
const providerChoice = z
  .union([z.enum(['deepseek', 'openai']), providerSchema])
  .transform((choice) => (typeof choice === 'string' ? presetOf(choice) : choice));

const diagnosisSchema = z.strictObject({
  providers: z
    .array(providerChoice)
    .default([])
    .describe(
      'Language models to ask, first one first: "deepseek", "openai", or {name, baseUrl, model, keyEnv, ...}. None: diagnoses are made offline and nothing leaves the machine.',
    ),
  timeoutSeconds: count(5, 1800).default(120).describe('Longest wait for one model.'),
});

const budgetSchema = z.strictObject({
  perAnomaly: dollars.default(0.5).describe('Most US dollars for models on one anomaly.'),
  perDay: dollars.default(5).describe('Most US dollars for models on one day.'),
});

const fixSchema = z.strictObject({
  sandbox: z
    .enum(['auto', 'none'])
    .default('auto')
    .describe(
      'Box for the agent and the tests: bubblewrap or sandbox-exec, whichever the machine has; or none.',
    ),
  maxFiles: count(1, 200).default(10).describe('Most files that a fix may change.'),
  maxLines: count(1, 10_000).default(400).describe('Most lines that a fix may add and remove.'),
  protectedPaths: z
    .array(z.string().min(1))
    .default([])
    .describe('Globs that a fix must not touch, beside .git, .github, lockfiles and agent steering files.'),
  testCommand: z
    .array(z.string().min(1))
    .min(1)
    .nullable()
    .default(null)
    .describe('How the tests are run, as program and arguments; null finds it out.'),
});

const daemonSchema = z.strictObject({
  idleHours: z
    .number()
    .positive()
    .max(720)
    .default(3)
    .describe('The daemon ends by itself after this long without a client or a line to read.'),
});

/** Every option, its default and its help text. `vigilai.config.example.ts` and `docs/config.md` come from it. */
export const configSchema = z.strictObject({
  sources: z
    .array(fileSourceSchema)
    .refine((all) => new Set(all.map((source) => source.name)).size === all.length, {
      error: 'names that differ from each other',
    })
    .default([])
    .describe('What is watched. None: log files in ., ./log and ./logs are looked for.'),
  detection: detectionSchema.prefault({}).describe('How abnormal is told from normal.'),
  automation: z
    .enum(['observe', 'diagnose', 'stage', 'open-pr'])
    .default('diagnose')
    .describe(
      'How far an anomaly goes by itself: seen, diagnosed, fixed on a local branch, proposed as a pull request.',
    ),
  offline: z.boolean().default(false).describe('Never ask a language model, whatever is configured.'),
  diagnosis: diagnosisSchema.prefault({}).describe('From anomaly to cause.'),
  budget: budgetSchema.prefault({}).describe('Caps on money spent with language models.'),
  agent: agentOptionsSchema.prefault({}).describe('Who writes a fix, and within which limits.'),
  fix: fixSchema.prefault({}).describe('What a fix may be.'),
  github: githubOptionsSchema.prefault({}).describe('Where pull requests go.'),
  daemon: daemonSchema.prefault({}).describe('The background process of one workspace.'),
});

/** What a person writes: `export default { ... } satisfies Config`. */
export type Config = z.input<typeof configSchema>;
/** What the program reads: every default applied. */
export type Settings = z.output<typeof configSchema>;

function presetOf(name: string) {
  const preset = DEFAULT_PROVIDERS.find((provider) => provider.name === name);
  if (preset === undefined) throw new Error(`no preset for provider ${name}`);
  return preset;
}
