import type { ModelAnswer, ModelRequest } from '../../ports/model.ts';
import { BlankAnswer } from './failure.ts';
import type { Provider } from './options.ts';

interface AskDeps {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One call of one provider, with a total deadline and no retries of the client's own. */
export async function askProvider(
  provider: Provider,
  key: string,
  request: ModelRequest,
  { timeoutMs, signal }: AskDeps,
): Promise<ModelAnswer> {
  const { default: OpenAI } = await import('openai'); // heavy, and seldom needed
  const client = new OpenAI({ apiKey: key, baseURL: provider.baseUrl, maxRetries: 0, timeout: timeoutMs });
  const started = performance.now();
  const completion = await client.chat.completions.create(
    {
      model: provider.model,
      messages: [
        { role: 'system', content: request.system },
        { role: 'user', content: request.prompt },
      ],
      ...limitOf(provider, request.maxOutputTokens),
      ...formOf(provider),
      ...provider.extra,
    },
    { signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) },
  );
  const text = completion.choices[0]?.message.content ?? '';
  if (text.trim() === '') throw new BlankAnswer('blank content');
  const inputTokens = completion.usage?.prompt_tokens ?? 0;
  const outputTokens = completion.usage?.completion_tokens ?? 0;
  return {
    text,
    model: `${provider.name}/${completion.model}`,
    inputTokens,
    outputTokens,
    dollars: dollarsOf(provider, inputTokens, outputTokens),
    seconds: (performance.now() - started) / 1000,
  };
}

const ANSWER_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['root_cause', 'suggested_fix', 'claims'],
  properties: {
    root_cause: { type: 'string' },
    suggested_fix: { type: 'string' },
    claims: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['text', 'rests_on'],
        properties: { text: { type: 'string' }, rests_on: { type: 'array', items: { type: 'string' } } },
      },
    },
  },
};

/** OpenAI's reasoning models know only the new name of the limit, others only the old. */
function limitOf({ structured }: Provider, most: number) {
  return structured === 'json_schema' ? { max_completion_tokens: most } : { max_tokens: most };
}

function formOf({ structured }: Provider) {
  switch (structured) {
    case 'json_schema': {
      const schema = { name: 'diagnosis', strict: true, schema: ANSWER_SCHEMA };
      return { response_format: { type: 'json_schema' as const, json_schema: schema } };
    }
    case 'json_object':
      return { response_format: { type: 'json_object' as const } };
    case 'none':
      return {};
  }
}

function dollarsOf({ price }: Provider, input: number, output: number): number | null {
  return price === null ? null : (input * price.inputPerMillion + output * price.outputPerMillion) / 1e6;
}
