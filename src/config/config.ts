import { z } from 'zod';
import { agentOptionsSchema } from '../adapters/agents/options.ts';
import { githubOptionsSchema } from '../adapters/github/options.ts';
import { DEFAULT_PROVIDERS, providerSchema } from '../adapters/llm/options.ts';
import { sourceSchema } from '../adapters/sources/options.ts';
import { SENSITIVITIES } from '../domain/detection.ts';

const detectionSchema = z.strictObject({
  sensitivity: z
    .enum(SENSITIVITIES)
    .default('normal')
    .describe(
      'How much to hear: a normal series alerts 0.01 (quiet), 0.05 (normal) or 0.5 (sensitive) times a day; measured: 0.016, 0.047 and 0.54. A source may have its own. `vigilai replay --sweep` tells what each would have brought.',
    ),
  bucketSeconds: z
    .number()
    .min(0.1)
    .max(120)
    .default(10)
    .describe(
      'Numeric fields and rates of log lines are gathered into one point per this many seconds; at most 120, since an anomaly is told within four minutes of its first event.',
    ),
  quietMinutes: z
    .number()
    .positive()
    .max(1440)
    .default(15)
    .describe('An episode ends after this long without a further event (or 20 usual gaps, if longer).'),
  dimensions: z
    .array(z.string())
    .default(['operation', 'route', 'path', 'endpoint'])
    .describe('Log fields whose values split a numeric series, such as duration_ms by path.'),
});

const formatsSchema = z.strictObject({
  timezone: z
    .string()
    .nullable()
    .default(null)
    .describe(
      'What times without a zone are in: a name such as Europe/Berlin, or +02:00; null guesses it from lines that are read live, else UTC.',
    ),
  patterns: z
    .array(z.string().min(1).max(2000))
    .default([])
    .describe(
      'Your own line formats, tried first: regular expressions with the groups time, level, message; others become fields.',
    ),
});

const redactionSchema = z.strictObject({
  ips: z.boolean().default(false).describe('Hide IP addresses too; a diagnosis of a network may need them.'),
  patterns: z
    .array(z.string().min(1).max(2000))
    .default([])
    .describe(
      'What else is a secret of yours: regular expressions (RE2); the first group is hidden, or the whole match.',
    ),
});

const diagnosisSchema = z.strictObject({
  providers: z
    .array(providerSchema)
    .default([...DEFAULT_PROVIDERS])
    .describe('Models in the order in which they are asked. Without any key, diagnosis is offline.'),
  timeoutSeconds: z
    .number()
    .int()
    .positive()
    .max(600)
    .default(60)
    .describe('Longest wait for one provider, with its further tries.'),
  totalSeconds: z
    .number()
    .int()
    .positive()
    .max(600)
    .default(100)
    .describe('Longest wait for all providers together; then the offline diagnosis stands.'),
  verify: z
    .boolean()
    .default(false)
    .describe("Let the last provider check an answer's claims; it can only lower how sure they are."),
  patterns: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Files with known failures of your own, from the workspace root: YAML as in templates/patterns (docs/patterns.md). They come before the built-in ones.',
    ),
  contextTokens: z
    .number()
    .int()
    .min(500)
    .max(200_000)
    .default(6000)
    .describe(
      'What the evidence of a diagnosis may take of a prompt, about; `vigilai diagnose <id> --show-context` shows what fits.',
    ),
});

const budgetSchema = z.strictObject({
  perAnomaly: z.number().min(0).default(0.25).describe('Most US dollars for one anomaly.'),
  perDay: z.number().min(0).default(2).describe('Most US dollars in a day (UTC).'),
  perWorkspace: z.number().min(0).default(50).describe('Most US dollars for all of a workspace, ever.'),
});

const fixSchema = z.strictObject({
  sandbox: z
    .enum(['auto', 'none'])
    .default('auto')
    .describe('`auto` confines agent and tests where a sandbox exists and refuses to push where none does.'),
  maxFiles: z.number().int().positive().default(10).describe('Most files that a fix may change.'),
  maxLines: z.number().int().positive().default(400).describe('Most lines that a fix may add and remove.'),
  protectedPaths: z.array(z.string()).default([]).describe('Globs that a fix must not touch.'),
  allowDependencies: z
    .boolean()
    .default(false)
    .describe('May a fix change lists of dependencies and lockfiles?'),
  monitoring: z
    .enum(['auto', 'off'])
    .default('auto')
    .describe(
      '`auto` adds to a fix a few lines that tell when its fault comes back, in the library that the project uses or its log.',
    ),
  proofRuns: z
    .number()
    .int()
    .min(1)
    .max(20)
    .default(3)
    .describe('How often the new tests have to pass with the fix.'),
  minCoverage: z
    .number()
    .min(0.8)
    .max(1)
    .default(0.8)
    .describe('Share of the changed lines that the new tests have to run; at least 0.8.'),
  reproduce: z
    .array(z.string().min(1))
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'A command that fails while the fault is there, such as ["node", "scripts/replay.js"]: it must fail without the fix and succeed with it.',
    ),
  rounds: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('Most tries of the agent: what was wrong with one is told to it for the next.'),
  downloads: z
    .boolean()
    .default(false)
    .describe(
      'Packages that the tests need and this machine lacks may be downloaded (npm, Go), before the tests run.',
    ),
  testCommand: z
    .array(z.string().min(1))
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'How the tests are run, such as ["npx", "vitest", "run"]; null reads the project\'s own script.',
    ),
});

const retentionSchema = z.strictObject({
  days: z
    .number()
    .int()
    .min(90)
    .max(3650)
    .default(90)
    .describe('How long anomalies that are closed, hours of series and stored events are kept; at least 90.'),
  store: z
    .enum(['default', 'all'])
    .default('default')
    .describe(
      '`default` keeps anomalies with their context, hours of every series and message templates; `all` keeps every event too, redacted.',
    ),
  maxMegabytes: z
    .number()
    .int()
    .min(50)
    .nullable()
    .default(null)
    .describe(
      'A bound for the database. Near it `status` warns; a day later stored events may go before their time.',
    ),
});

const daemonSchema = z.strictObject({
  idleHours: z
    .number()
    .positive()
    .max(720)
    .default(3)
    .describe('The daemon leaves after this long without work.'),
  syncWrites: z
    .boolean()
    .default(true)
    .describe(
      'Accepted events are on the disk before they are acknowledged; false survives a kill, but not a power cut.',
    ),
});

/** Every key of `vigilai.config.ts`, with its default and what it means. */
export const configSchema = z.strictObject({
  sources: z
    .array(sourceSchema)
    .refine((all) => new Set(all.map((source) => source.name)).size === all.length, {
      error: 'sources whose names differ',
    })
    .nullable()
    .default(null)
    .describe(
      'What to read: a list of sources, each with a `type` and a `name` (docs/sources.md); null looks for *.log in the workspace, log/ and logs/.',
    ),
  detection: detectionSchema.prefault({}).describe('How the abnormal is found.'),
  formats: formatsSchema.prefault({}).describe('How lines are read.'),
  redaction: redactionSchema
    .prefault({})
    .describe('What is hidden beside secrets before anything is kept or sent (docs/privacy.md).'),
  automation: z
    .enum(['observe', 'diagnose', 'stage', 'open-pr'])
    .default('diagnose')
    .describe(
      'How far an anomaly goes by itself: seen, diagnosed, fixed on a local branch, or proposed as a pull request.',
    ),
  offline: z
    .boolean()
    .default(false)
    .describe(
      'Nothing leaves this machine: no model is asked, nothing is pushed or proposed, agents have no network.',
    ),
  diagnosis: diagnosisSchema.prefault({}).describe('Which models may be asked for an explanation.'),
  budget: budgetSchema.prefault({}).describe('What models may cost.'),
  agent: agentOptionsSchema.prefault({}).describe('Who writes the fix.'),
  fix: fixSchema.prefault({}).describe('What a fix may change.'),
  github: githubOptionsSchema.prefault({}).describe('Where pull requests go.'),
  retention: retentionSchema.prefault({}).describe('What is kept, and how long.'),
  daemon: daemonSchema.prefault({}).describe('The background process of a workspace.'),
});

/** What a person writes: `export default { ... } satisfies Config`. */
export type Config = z.input<typeof configSchema>;

/** The same with every default applied. */
export type Settings = z.output<typeof configSchema>;
