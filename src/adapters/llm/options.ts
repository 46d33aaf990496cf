import { z } from 'zod';

const hourSchema = z.number().int().min(0).max(24);

/** US dollars per million tokens. */
const priceSchema = z.strictObject({
  inputPerMillion: z.number().min(0),
  outputPerMillion: z.number().min(0),
  /** Working days (UTC) know dearer hours: pairs of from and to. */
  peak: z
    .strictObject({ factor: z.number().min(1), hours: z.array(z.tuple([hourSchema, hourSchema])) })
    .nullable()
    .default(null),
});

export type Price = z.output<typeof priceSchema>;

/** One OpenAI-compatible endpoint. */
export const providerSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,32}$/)
    .describe('How it is called in diagnoses and bills.'),
  baseUrl: z.url().describe('Where its API begins, such as https://api.deepseek.com.'),
  model: z.string().min(1).describe('Model id as the provider lists it.'),
  keyEnv: z
    .string()
    .nullable()
    .default(null)
    .describe('Environment variable (or line of the secrets file) with the key; null for local endpoints.'),
  structured: z
    .enum(['json_schema', 'json_object', 'none'])
    .default('json_object')
    .describe('Which form of JSON answers it can be held to.'),
  price: priceSchema
    .nullable()
    .default(null)
    .describe('US dollars per million tokens; unknown (null) means: never asked, as no budget could hold.'),
  extra: z.record(z.string(), z.unknown()).default({}).describe('Further fields of the request body.'),
});

export type Provider = z.output<typeof providerSchema>;

/** DeepSeek first, an OpenAI model as fallback. A provider without a key is passed over. */
export const DEFAULT_PROVIDERS: readonly Provider[] = [
  {
    name: 'deepseek',
    baseUrl: 'https://api.deepseek.com',
    model: 'deepseek-flash',
    keyEnv: 'DEEPSEEK_API_KEY',
    structured: 'json_object',
    price: {
      inputPerMillion: 0.56,
      outputPerMillion: 1.68,
      peak: {
        factor: 2,
        hours: [
          [1, 4],
          [6, 10],
        ],
      },
    },
    extra: { thinking: { type: 'disabled' } },
  },
  {
    name: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-6-luna',
    keyEnv: 'OPENAI_API_KEY',
    structured: 'json_schema',
    price: { inputPerMillion: 2.5, outputPerMillion: 10, peak: null },
    extra: { reasoning_effort: 'none' },
  },
];
