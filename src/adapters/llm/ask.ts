import { z } from 'zod';
import type { AnswerForm, ModelRequest } from '../../ports/model.ts';
import type { Provider } from './options.ts';

/** What is sent: the question, and after an answer of the wrong form what was wrong with it. */
export type Question = Pick<ModelRequest, 'system' | 'prompt' | 'maxOutputTokens' | 'form'>;

/** What came back. */
export interface Reply {
  readonly said: Said;
  /** Model as the provider names it; the one that was asked for may stand for another. */
  readonly model: string;
  /** Tokens as counted by the provider; null where it does not count. */
  readonly usage: { readonly input: number; readonly output: number } | null;
}

/** An answer, or what came instead of one and whether the same question may be asked again. */
export type Said =
  | { readonly text: string }
  | { readonly text: null; readonly why: string; readonly again: boolean };

/** What an adapter of one provider does; the chain owns retries and deadlines. */
export type Ask = (
  provider: Provider,
  key: string,
  question: Question,
  signal: AbortSignal,
) => Promise<Reply>;

/** One HTTP call of one provider: no retries of the client's own, one answer at once, no tools. */
export const askProvider: Ask = async (provider, key, question, signal) => {
  const { default: OpenAI } = await import('openai'); // heavy, and seldom needed
  const client = new OpenAI({ apiKey: key, baseURL: provider.baseUrl, maxRetries: 0 });
  const body = await client.chat.completions.create(
    {
      model: provider.model,
      messages: [
        { role: 'system', content: question.system },
        { role: 'user', content: question.prompt },
      ],
      ...limitOf(provider, question.maxOutputTokens),
      ...formOf(provider, question.form),
      ...provider.extra,
    },
    { signal },
  );
  return replyOf(body, provider);
};

/** As much of a completion as we read. The client's own types promise more than providers and proxies keep. */
const completionSchema = z.object({
  model: z.string(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.number().min(0), completion_tokens: z.number().min(0) }).nullish(),
});

function replyOf(body: unknown, provider: Provider): Reply {
  const parsed = completionSchema.safeParse(body);
  if (!parsed.success) {
    const said = { text: null, why: 'did not answer with a completion', again: true };
    return { said, model: `${provider.name}/${provider.model}`, usage: null };
  }
  const { choices, model, usage } = parsed.data;
  return {
    said: saidBy(choices[0]),
    model: `${provider.name}/${model}`,
    usage: usage ? { input: usage.prompt_tokens, output: usage.completion_tokens } : null,
  };
}

type Choice = z.output<typeof completionSchema>['choices'][number];

/**
 * DeepSeek blanks what it cannot read as JSON, with finish_reason `stop`, and breaks off under load with
 * `insufficient_system_resource`. OpenAI puts a refusal in the place of the content.
 */
function saidBy(choice: Choice | undefined): Said {
  const { finish_reason: end, message } = choice ?? { finish_reason: null, message: {} };
  if (message.refusal || end === 'content_filter') {
    return { text: null, why: 'refused to answer', again: false };
  }
  if (end === 'insufficient_system_resource') return { text: null, why: 'broke off under load', again: true };
  const text = message.content ?? '';
  return text.trim() === '' ? { text: null, why: 'answered nothing', again: true } : { text };
}

/** OpenAI's reasoning models know only the new name of the limit, others only the old. */
function limitOf({ structured }: Provider, most: number) {
  return structured === 'json_schema' ? { max_completion_tokens: most } : { max_tokens: most };
}

function formOf({ structured }: Provider, form: AnswerForm) {
  switch (structured) {
    case 'json_schema': {
      const schema = { name: form.name, strict: true, schema: form.schema };
      return { response_format: { type: 'json_schema' as const, json_schema: schema } };
    }
    case 'json_object':
      return { response_format: { type: 'json_object' as const } };
    case 'none':
      return {};
  }
}
