import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { askProvider } from '../../src/adapters/llm/ask.ts';
import { modelChain } from '../../src/adapters/llm/chain.ts';
import { providerSchema } from '../../src/adapters/llm/options.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { passingBudget } from '../../src/diagnosis/ledger.ts';
import type { Claim, Diagnosis } from '../../src/domain/diagnosis.ts';
import { diagnosisPorts } from '../support/diagnosis-ports.ts';
import { anomalyAs } from '../support/nouns.ts';
import { type ProviderServer, providerServer, type Reply, says, status } from '../support/provider-server.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const ANOMALY = anomalyAs({ status: 'diagnosing' }, 'x is undefined');
const FILES = { 'src/a.js': 'function f(x) {\n  // reads it\n  return x.y;\n}\n' };
const EXPLAINED = JSON.stringify({
  root_cause: 'f reads x.y though x is undefined.',
  suggested_fix: 'Check x in f.',
  claims: [{ text: 'f reads x.y in src/a.js:3', rests_on: ['S1'] }],
  hypotheses: [],
});
const EVERY = Array.from({ length: 20 }, (_, at) => `K${at + 1}`);
const refusing = (ids: readonly string[]): Reply => says(JSON.stringify({ not_carried: ids }));

const open: ProviderServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A diagnosis explained by one provider; the other, if any, takes a second look. */
async function diagnosed(second: Reply | null): Promise<Diagnosis & { readonly asked: readonly object[] }> {
  const clock = virtualClock();
  const chain = async (name: string, reply: Reply) => {
    const server = await providerServer([reply]);
    open.push(server);
    const price = { inputPerMillion: 1, outputPerMillion: 10 };
    const provider = providerSchema.parse({ name, baseUrl: `${server.url}/v1`, model: 'asked', price });
    const secrets = { get: async () => null };
    const deps = { clock, secrets, ask: askProvider, random: () => 0, timeoutMs: 5_000, totalMs: 9_000 };
    return { server, model: modelChain([provider], deps) };
  };
  const first = await chain('first', says(EXPLAINED));
  const verifier = second === null ? null : await chain('second', second);
  const ports = {
    ...diagnosisPorts(FILES, first.model),
    clock,
    verifier: verifier?.model ?? null,
    budget: passingBudget({ perAnomaly: 1, perDay: 1, perWorkspace: 1 }),
  };
  const { signal } = new AbortController();
  const diagnosing = diagnose(ANOMALY, ports, { id: 'd', offline: false, signal });
  // A provider that does not serve is asked once more after a pause.
  let isOver = false;
  void diagnosing.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await clock.settle();
    await clock.advance(1000);
  }
  return { ...(await diagnosing), asked: verifier?.server.sent.map(({ body }) => body) ?? [] };
}

const RANK = { inconclusive: 0, likely: 1, confirmed: 2 };
const sureOf = (claims: readonly Claim[]) => new Map(claims.map(({ text, sure }) => [text, RANK[sure]]));

describe('a second look at the claims of an answer', () => {
  it('is taken by a provider that gets the claims and what they cite, and is paid', async () => {
    const alone = await diagnosed(null);
    const { asked, cost } = await diagnosed(refusing([]));
    expect(asked).toHaveLength(1);
    const prompt = JSON.stringify(asked[0]);
    expect(prompt).toContain('f reads x.y in src/a.js:3');
    expect(prompt).toContain('[S1] code');
    expect(prompt).not.toContain('[M1]');
    expect(cost.dollars).toBeGreaterThan(alone.cost.dollars);
    expect(cost.inputTokens).toBe(2 * alone.cost.inputTokens);
  });

  it('changes nothing when it approves all', async () => {
    const alone = await diagnosed(null);
    const { asked: _, cost: _cost, ...rest } = await diagnosed(refusing([]));
    expect({ ...rest, cost: alone.cost, asked: [], timestamp: alone.timestamp }).toEqual(alone);
  });

  it('lowers what is confirmed and drops what is likely when it refuses all', async () => {
    const alone = await diagnosed(null);
    const found = await diagnosed(refusing(EVERY));
    expect(alone).toMatchObject({ sure: 'confirmed', aiModel: 'first/model-as-answered' });
    expect(found).toMatchObject({ verdict: 'cause', sure: 'likely', aiModel: 'offline' });
    expect(found.confidence).toBeLessThanOrEqual(0.75);
    expect(found.rootCause).not.toBe(alone.rootCause);
    expect(found.aiNote).toContain('a second look found none of its claims carried');
    expect(found.claims.every(({ sure }) => sure === 'likely')).toBe(true);
  });

  it('only ever lowers, whatever it names', async () => {
    const alone = await diagnosed(null);
    const before = sureOf([...alone.claims, ...alone.hypotheses.flatMap((one) => one.for)]);
    const anyIds = fc.array(fc.oneof(fc.constantFrom(...EVERY), fc.string({ maxLength: 4 })), {
      maxLength: 9,
    });
    await fc.assert(
      fc.asyncProperty(anyIds, async (ids) => {
        const found = await diagnosed(refusing(ids));
        expect(found.confidence).toBeLessThanOrEqual(alone.confidence);
        expect(RANK[found.sure]).toBeLessThanOrEqual(RANK[alone.sure]);
        for (const [text, sure] of sureOf([...found.claims, ...found.hypotheses.flatMap((one) => one.for)])) {
          expect(sure).toBeLessThanOrEqual(before.get(text) ?? -1);
        }
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ['fails', status(500)],
    ['refuses the key', status(401)],
    ['answers prose', says('they all look fine')],
  ])('changes nothing but the cost when the provider %s', async (_, reply) => {
    const alone = await diagnosed(null);
    const found = await diagnosed(reply);
    for (const key of ['rootCause', 'sure', 'confidence', 'claims', 'hypotheses', 'aiNote'] as const) {
      expect(found[key]).toEqual(alone[key]);
    }
  });
});
