import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_PROVIDERS, providerSchema } from '../../src/adapters/llm/options.ts';
import { says, silence, status } from '../support/provider-server.ts';
import { type ProviderWorld, providerWorld } from '../support/provider-world.ts';

const JSON_ANSWER = '{"root_cause":"x"}';
const REST_MS = 30_000;

const open: ProviderWorld[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

/** What each kind of reply leads to stands in model-faults.test.ts. */
const chainOf = async (...args: Parameters<typeof providerWorld>): Promise<ProviderWorld> => {
  const world = await providerWorld(...args);
  open.push(world);
  return world;
};

describe('a chain of model providers', () => {
  it('asks the first, and tells model, tokens and money as answered', async () => {
    const world = await chainOf([[says(JSON_ANSWER)], [says('never')]]);
    expect(await world.ask()).toEqual({ text: JSON_ANSWER, model: 'p1/model-as-answered' });
    expect(world.cost).toEqual({
      inputTokens: 1000,
      outputTokens: 200,
      dollars: expect.closeTo(0.003, 10),
      seconds: 0,
    });
    expect(world.sent[1]).toEqual([]);
    expect(world.model.names).toEqual(['p1/asked-model', 'p2/asked-model']);
  });

  it('sends key, model, prompt, limit, the form of the answer, and the provider`s own fields', async () => {
    const extra = { thinking: { type: 'disabled' } };
    const { ask, sent } = await chainOf([[says(JSON_ANSWER)]], { changes: [{ extra }] });
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
    const { ask, sent } = await chainOf([[says(JSON_ANSWER)]], { changes: [{ structured }] });
    await ask();
    expect((sent[0]?.[0]?.body['response_format'] as { type: string } | undefined)?.type).toBe(type);
  });

  it('shows a wrong answer to its author once, with what is wrong with it', async () => {
    const { ask, sent } = await chainOf([[says('I think it is x.'), says(JSON_ANSWER)]]);
    await ask();
    const content = expect.stringMatching(/^What is wrong\?\n[^]*I think it is x\.[^]*it is no JSON object/);
    expect(sent[0]?.[1]?.body['messages']).toMatchObject([{ role: 'system' }, { role: 'user', content }]);
  });

  it('uses no tools, ever', async () => {
    const { ask, sent } = await chainOf([[says('prose'), says(JSON_ANSWER)]]);
    await ask();
    for (const { body } of sent[0] ?? []) expect(Object.keys(body).join()).not.toMatch(/tool|function/);
  });

  it('names every provider and what it did when none answered', async () => {
    const { ask } = await chainOf([[status(402)], [status(503)]]);
    const failed = ask();
    await expect(failed).rejects.toMatchObject({ code: 'provider_failed', exit: 5 });
    await expect(failed).rejects.toThrow(/p1.*402.*p2.*503/);
  });

  it('says nothing of the key, whatever goes wrong', async () => {
    const { ask } = await chainOf([[status(401, 'Incorrect API key provided: secret of KEY_1')]]);
    await expect(ask()).rejects.toThrow(expect.not.stringContaining('secret of') as unknown as Error);
  });

  it('passes over a provider without a key; a local one needs none', async () => {
    const changes = [{ keyEnv: 'KEY_NONE' }, { keyEnv: null }];
    const { ask, sent } = await chainOf([[says('never')], [says(JSON_ANSWER)]], { changes });
    expect((await ask()).model).toBe('p2/model-as-answered');
    expect(sent[0]).toEqual([]);
  });

  it('ends at once when it is cancelled, and counts what may have been billed', async () => {
    const { ask, sent, spent } = await chainOf([[silence], [says('never')]]);
    const stop = new AbortController();
    const asking = ask(stop.signal);
    setImmediate(() => stop.abort());
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    expect(sent[1]).toEqual([]);
    expect(await spent()).toBeGreaterThan(0);
  });

  it('is bounded in time whatever the providers do', async () => {
    const { ask, calls } = await chainOf([[silence], [silence], [says('never')]]);
    await expect(ask()).rejects.toMatchObject({ code: 'provider_failed' });
    expect(calls.map(({ provider, ended }) => [provider, ended])).toEqual([
      ['p1', 60_000],
      ['p2', 100_000],
    ]);
  });

  it('gives the last provider the time it asks for, as there is no other to go to', async () => {
    const busy = status(429, 'slow', { 'retry-after': '20' });
    const { ask, calls } = await chainOf([[busy, says(JSON_ANSWER)]]);
    expect((await ask()).model).toBe('p1/model-as-answered');
    expect(calls[1]?.began).toBe(20_000);
  });

  it('lets a provider rest that failed five times in a row, and tries it again after half a minute', async () => {
    const [down, up] = [status(503), says(JSON_ANSWER)];
    const { ask, pass, sent } = await chainOf([[down, down, down, down, down, down, up], [up]]);
    const requests = async () => {
      await ask();
      return sent[0]?.length;
    };
    expect([await requests(), await requests(), await requests()]).toEqual([2, 4, 6]);
    expect(await requests()).toBe(6);
    await pass(REST_MS);
    expect((await ask()).model).toBe('p1/model-as-answered');
  });

  it('asks the last provider in any case', async () => {
    const { ask, sent } = await chainOf([[status(503)]]);
    for (let time = 0; time < 6; time += 1) await expect(ask()).rejects.toThrow('503');
    expect(sent[0]).toHaveLength(12);
  });

  it('asks nobody when the money is spent, or no price is known', async () => {
    const caps = { perAnomaly: 1, perDay: 0.001, perWorkspace: 1 };
    const poor = await chainOf([[says('never')]], { caps });
    await expect(poor.ask()).rejects.toMatchObject({
      code: 'budget_spent',
      message: expect.stringContaining('the budget of the day is spent'),
    });
    const unknown = await chainOf([[says('never')]], { changes: [{ price: null }] });
    await expect(unknown.ask()).rejects.toThrow('its price is unknown');
    expect([poor.sent, unknown.sent]).toEqual([[[]], [[]]]);
    expect(await poor.spent()).toBe(0);
  });

  it('makes no further try that the money does not reach for, and says what was asked', async () => {
    const caps = { perAnomaly: 1, perDay: 1, perWorkspace: 0.0031 };
    const { ask, sent } = await chainOf([[says('prose')]], { caps });
    await expect(ask()).rejects.toMatchObject({
      code: 'provider_failed',
      message: expect.stringContaining('wrong form'),
    });
    expect(sent[0]).toHaveLength(1);
  });

  it('goes on to a cheaper provider where the money does not reach for the first', async () => {
    const caps = { perAnomaly: 1, perDay: 1, perWorkspace: 0.001 };
    const free = { price: { inputPerMillion: 0, outputPerMillion: 0, peak: null } };
    const { ask } = await chainOf([[says('never')], [says(JSON_ANSWER)]], { caps, changes: [{}, free] });
    expect((await ask()).model).toBe('p2/model-as-answered');
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
