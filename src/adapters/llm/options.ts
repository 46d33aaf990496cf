import { z } from 'zod';

/** US dollars per million tokens. */
const priceSchema = z.strictObject({
  inputPerMillion: z.number().min(0),
  outputPerMillion: z.number().min(0),
});

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
    .describe('Unknown (null) means: not asked, as the budget cannot hold.'),
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
    price: { inputPerMillion: 0.56, outputPerMillion: 1.68 },
    extra: { thinking: { type: 'disabled' } },
  },
  {
    name: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-6-luna',
    keyEnv: 'OPENAI_API_KEY',
    structured: 'json_schema',
    price: { inputPerMillion: 2.5, outputPerMillion: 10 },
    extra: { reasoning_effort: 'none' },
  },
];
