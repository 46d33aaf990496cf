import { afterEach, describe, expect, it } from 'vitest';
import { inspectModels } from '../../src/adapters/llm/models.ts';
import { providerSchema } from '../../src/adapters/llm/options.ts';
import {
  HANGING,
  json,
  type ProviderServer,
  page,
  providerServer,
  type Reply,
  silence,
  status,
} from '../support/provider-server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

let server: ProviderServer | null = null;
afterEach(async () => server?.close());

/** 2026-11-22. */
const NOW = Date.UTC(2026, 10, 22);
const listing = (...data: readonly unknown[]): Reply => json({ object: 'list', data });

async function inspected(reply: Reply, { model = 'small', keyEnv = 'KEY' as string | null } = {}) {
  server = await providerServer([reply]);
  const clock = virtualClock(NOW);
  const provider = providerSchema.parse({ name: 'one', baseUrl: `${server.url}/v1/`, model, keyEnv });
  const secrets = { get: async (name: string) => (name === 'KEY' ? 'sk-secret' : null) };
  const looking = inspectModels([provider], { clock, secrets });
  if (HANGING.has(reply)) {
    while (server.sent.length === 0) await clock.settle();
    await clock.advance(5_000);
  }
  return { found: await looking, sent: server.sent };
}

describe('what doctor says of a model', () => {
  it('is well when the provider lists it, without a call that costs', async () => {
    const { found, sent } = await inspected(listing({ id: 'big' }, { id: 'small' }));
    expect(found).toEqual([{ name: 'model one', state: 'ok', detail: 'small is there', next: null }]);
    expect(sent).toEqual([{ authorization: 'Bearer sk-secret', path: '/v1/models', body: {} }]);
  });

  it('knows the tag that Ollama adds', async () => {
    const { found } = await inspected(listing({ id: 'small:latest' }), { keyEnv: null });
    expect(found[0]?.state).toBe('ok');
  });

  it.each([
    ['a date', '2027-01-14', 'small is shut down on 2027-01-14, in 53 days'],
    ['seconds', Date.UTC(2026, 11, 11) / 1000, 'small is shut down on 2026-12-11, in 19 days'],
    ['a date that is over', '2026-10-23', 'small was shut down on 2026-10-23'],
  ])('warns of its end, told as %s', async (_, shutdown, detail) => {
    const { found } = await inspected(listing({ id: 'small', shutdown_date: shutdown }, { id: 'next' }));
    expect(found).toMatchObject([{ state: 'warning', detail, next: expect.stringContaining('next') }]);
  });

  it.each([
    ['the model is gone', listing({ id: 'big' }), 'one does not list small'],
    ['the key is wrong', status(401), 'one refused the key (HTTP 401)'],
    ['something else listens', page(200), 'one answers, but lists no models'],
    ['it lists something else', json({ models: [] }), 'one answers, but lists no models'],
    ['it is silent', silence, 'one did not answer in time'],
  ])('warns when %s', async (_, reply, detail) => {
    const { found } = await inspected(reply);
    expect(found).toMatchObject([{ state: 'warning', detail: expect.stringContaining(detail) }]);
    expect(JSON.stringify(found)).not.toContain('sk-secret');
  });

  it('is nothing where there is no key: nobody is asked', async () => {
    const { found, sent } = await inspected(listing(), { keyEnv: 'NONE' });
    expect([found, sent]).toEqual([[], []]);
  });
});
