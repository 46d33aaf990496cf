import { afterEach, describe, expect, it } from 'vitest';
import { modelChain } from '../../src/adapters/llm/chain.ts';
import { DEFAULT_PROVIDERS, type Provider, providerSchema } from '../../src/adapters/llm/options.ts';
import { redact } from '../../src/domain/redact.ts';
import type { Clock } from '../../src/ports/clock.ts';
import {
  cut,
  emptyLinesForEver,
  type ProviderServer,
  page,
  providerServer,
  type Reply,
  says,
  saysAfterEmptyLines,
  silence,
  status,
} from '../support/provider-server.ts';

const JSON_ANSWER = '{"root_cause":"x"}';
const REQUEST = { system: 'Answer in JSON.', prompt: redact('What is wrong?'), maxOutputTokens: 300 };
const TIMEOUT_MS = 400;

const open: ProviderServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A chain of providers, each a server with its replies; sleeping costs no time and is written down. */
async function chainOf(servers: readonly (readonly Reply[])[], changes: readonly Partial<Provider>[] = []) {
  const listening = await Promise.all(servers.map((replies) => providerServer(replies)));
  open.push(...listening);
  const providers = listening.map(({ url }, at) => ({
    ...providerSchema.parse({
      name: `p${at + 1}`,
      baseUrl: `${url}/v1`,
      model: 'asked-model',
      keyEnv: `KEY_${at + 1}`,
      price: { inputPerMillion: 1, outputPerMillion: 10 },
    }),
    ...changes[at],
  }));
  const slept: number[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  const secrets = { get: async (name: string) => (name === 'KEY_NONE' ? null : `secret of ${name}`) };
  const model = modelChain(providers, { clock, secrets, timeoutMs: TIMEOUT_MS });
  const ask = (signal = new AbortController().signal) => model.ask(REQUEST, signal);
  return { model, ask, slept, sent: listening.map(({ sent }) => sent) };
}

describe('a chain of model providers', () => {
  it('asks the first, and tells model, tokens and money as answered', async () => {
    const { ask, sent, model } = await chainOf([[says(JSON_ANSWER)], [says('never')]]);
    expect(await ask()).toEqual({
      text: JSON_ANSWER,
      model: 'p1/model-as-answered',
      inputTokens: 1000,
      outputTokens: 200,
      dollars: expect.closeTo(0.003, 10),
      seconds: expect.any(Number),
    });
    expect(sent[1]).toEqual([]);
    expect(model.names).toEqual(['p1/asked-model', 'p2/asked-model']);
  });

  it('sends key, model, prompt, limit, the form of the answer, and the provider`s own fields', async () => {
    const extra = { thinking: { type: 'disabled' } };
    const { ask, sent } = await chainOf([[says(JSON_ANSWER)]], [{ extra }]);
    await ask();
    expect(sent[0]?.[0]).toMatchObject({
      authorization: 'Bearer secret of KEY_1',
      path: '/v1/chat/completions',
      body: {
        model: 'asked-model',
        max_tokens: 300,
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: 'Answer in JSON.' },
          { role: 'user', content: 'What is wrong?' },
        ],
        ...extra,
      },
    });
    expect(sent[0]?.[0]?.body).not.toHaveProperty('stream');
  });

  it.each([
    ['json_schema', 'json_schema'],
    ['json_object', 'json_object'],
    ['none', undefined],
  ] as const)('asks a provider that can %s for that form', async (structured, type) => {
    const { ask, sent } = await chainOf([[says(JSON_ANSWER)]], [{ structured }]);
    await ask();
    expect((sent[0]?.[0]?.body['response_format'] as { type: string } | undefined)?.type).toBe(type);
  });

  it('reads an answer behind empty lines that keep the connection alive', async () => {
    const { ask } = await chainOf([[saysAfterEmptyLines(JSON_ANSWER)]]);
    expect((await ask()).text).toBe(JSON_ANSWER);
  });

  it.each([
    ['401', [status(401)], 1],
    ['402, no balance', [status(402, 'You have run out of balance')], 1],
    ['404, the model is gone', [status(404)], 1],
    ['429 twice', [status(429)], 2],
    ['500 twice', [status(500)], 2],
    ['502 with a page', [page(502)], 2],
    ['503 twice', [status(503, 'overloaded')], 2],
    ['blank content twice', [says('   ')], 2],
    ['no content twice', [says(null)], 2],
    ['silence', [silence], 1],
    ['empty lines for ever', [emptyLinesForEver], 1],
    ['a cut connection twice', [cut], 2],
  ])('goes on to the next provider after %s', async (_, replies, requests) => {
    const { ask, sent } = await chainOf([replies, [says(JSON_ANSWER)]]);
    expect((await ask()).model).toBe('p2/model-as-answered');
    expect(sent[0]).toHaveLength(requests);
  });

  it.each([
    ['429', status(429)],
    ['500', status(500)],
    ['blank content with finish_reason stop', says(' \n ')],
    ['a cut connection', cut],
  ])('asks the same provider once more after %s', async (_, reply) => {
    const { ask, sent } = await chainOf([[reply, says(JSON_ANSWER)], [says('never')]]);
    expect((await ask()).model).toBe('p1/model-as-answered');
    expect(sent.map((requests) => requests.length)).toEqual([2, 0]);
  });

  it('waits as long as it is told, but not for ever', async () => {
    const told = await chainOf([[status(429, 'slow', { 'retry-after': '2' }), says(JSON_ANSWER)]]);
    await told.ask();
    expect(told.slept).toEqual([2000]);
    const long = await chainOf([[status(429, 'slow', { 'retry-after': '3600' }), says(JSON_ANSWER)]]);
    await long.ask();
    expect(long.slept).toEqual([5000]);
  });

  it.each([
    ['400: json_schema refused', status(400, 'This response_format type is unavailable now')],
    ['422', status(422)],
  ])('stops at %s, which another provider would only hide, and names who said it', async (_, reply) => {
    const { ask, sent } = await chainOf([[reply], [says('never')]]);
    await expect(ask()).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('p1'),
    });
    expect(sent.map((requests) => requests.length)).toEqual([1, 0]);
  });

  it('names every provider and what it did when none answered', async () => {
    const { ask } = await chainOf([[status(402)], [status(503)]], [{}, {}]);
    const failed = ask();
    await expect(failed).rejects.toMatchObject({ code: 'provider_failed', exit: 5 });
    await expect(failed).rejects.toThrow(/p1.*402.*p2.*503/);
  });

  it('says nothing of the key, whatever goes wrong', async () => {
    const { ask } = await chainOf([[status(401, 'Incorrect API key provided: secret of KEY_1')]]);
    await expect(ask()).rejects.toThrow(expect.not.stringContaining('secret of') as unknown as Error);
  });

  it('passes over a provider without a key; a local one needs none', async () => {
    const { ask, sent } = await chainOf(
      [[says('never')], [says(JSON_ANSWER)]],
      [{ keyEnv: 'KEY_NONE' }, { keyEnv: null }],
    );
    expect((await ask()).model).toBe('p2/model-as-answered');
    expect(sent[0]).toEqual([]);
  });

  it('ends at once when it is cancelled', async () => {
    const { ask, sent } = await chainOf([[silence], [says('never')]]);
    const stop = new AbortController();
    const asking = ask(stop.signal);
    setTimeout(() => stop.abort(), 50);
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent[1]).toEqual([]);
  });

  it('is bounded in time whatever the provider does', async () => {
    const started = performance.now();
    const { ask } = await chainOf([[emptyLinesForEver], [silence]]);
    await expect(ask()).rejects.toMatchObject({ code: 'provider_failed' });
    expect(performance.now() - started).toBeLessThan(2 * TIMEOUT_MS + 1500);
  });

  it('estimates by the dearest price, and knows nothing where one is unknown', async () => {
    const dear = { inputPerMillion: 100, outputPerMillion: 100 };
    const { model } = await chainOf([[says('')], [says('')]], [{}, { price: dear }]);
    expect(model.estimate(REQUEST)).toBeGreaterThan(0.03);
    const unknown = await chainOf([[says('')], [says('')]], [{}, { price: null }]);
    expect(unknown.model.estimate(REQUEST)).toBeNull();
  });
});

describe('the default providers', () => {
  it('are DeepSeek without thinking, then OpenAI, both with a price and a key of their own', () => {
    expect(DEFAULT_PROVIDERS.map((provider) => providerSchema.parse(provider))).toEqual(DEFAULT_PROVIDERS);
    expect(DEFAULT_PROVIDERS).toMatchObject([
      {
        model: 'deepseek-flash',
        keyEnv: 'DEEPSEEK_API_KEY',
        structured: 'json_object',
        extra: { thinking: { type: 'disabled' } },
      },
      { model: 'gpt-6-luna', keyEnv: 'OPENAI_API_KEY', structured: 'json_schema' },
    ]);
    expect(DEFAULT_PROVIDERS.every(({ price }) => price !== null)).toBe(true);
  });
});
