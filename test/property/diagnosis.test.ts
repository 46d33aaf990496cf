import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ask, Said } from '../../src/adapters/llm/ask.ts';
import { modelChain } from '../../src/adapters/llm/chain.ts';
import { DEFAULT_PROVIDERS } from '../../src/adapters/llm/options.ts';
import { configSchema } from '../../src/config/config.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { passingBudget } from '../../src/diagnosis/ledger.ts';
import type { Anomaly } from '../../src/domain/anomaly.ts';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';
import { redact } from '../../src/domain/redact.ts';
import { codeOnPaper } from '../support/code-on-paper.ts';
import { nothingAround } from '../support/nothing-around.ts';
import { anomalyAs } from '../support/nouns.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const FEATURE = 'Feature: vigilai-monitoring-platform';
const CODE = codeOnPaper({ 'src/a.js': 'function f(x) {\n  return x.y;\n}\n' });
const ANOMALY = anomalyAs({ status: 'diagnosing' }, 'x is undefined');
const GOOD = JSON.stringify({
  root_cause: 'x is undefined.',
  suggested_fix: 'Check x.',
  claims: [{ text: 'x is undefined', rests_on: ['E1'] }],
});
const CONTEXT = { surroundings: nothingAround, contextTokens: 6000 };
const NEVER_MS = 3_600_000;
const { timeoutSeconds, totalSeconds } = configSchema.parse({}).diagnosis;
/** What is left for the second provider when the first took all of its time. */
const SPARE_MS = (totalSeconds - timeoutSeconds) * 1000;

/** What one call of a provider does: after a while, an answer or an error. */
interface Deed {
  readonly afterMs: number;
  readonly does: Said | { readonly status: number } | 'cut';
}

const answers = (afterMs: number): Deed => ({ afterMs, does: { text: GOOD } });

const anyTime = fc.oneof(fc.nat(2_000), fc.nat(90_000), fc.constant(NEVER_MS));
const anyError: fc.Arbitrary<Deed['does']> = fc.oneof(
  fc.constant('cut' as const),
  fc.constantFrom(401, 402, 403, 404, 429, 500, 502, 503).map((status) => ({ status })),
);
const anyNonsense = fc.constantFrom<Said>(
  { text: 'prose' },
  { text: '{"claims": 1}' },
  { text: null, why: 'answered nothing', again: true },
  { text: null, why: 'refused to answer', again: false },
);
const anyBad = fc.record({ afterMs: anyTime, does: fc.oneof(anyError, anyNonsense) });
const anyDeed = fc.oneof(anyBad, fc.record({ afterMs: anyTime, does: fc.constant({ text: GOOD }) }));

interface Made {
  readonly provider: string;
  readonly deed: Deed;
  readonly began: number;
  ended: number;
}

interface World {
  readonly diagnosis: Diagnosis;
  readonly calls: readonly Made[];
  readonly tookMs: number;
}

/** One diagnosis with the default providers, whose calls do these deeds in turn, the last one again and again. */
async function diagnosed(
  deeds: { readonly deepseek: readonly Deed[]; readonly openai: readonly Deed[] },
  random = 0.5,
  anomaly: Anomaly = ANOMALY,
): Promise<World> {
  const clock = virtualClock();
  const start = clock.now();
  const calls: Made[] = [];
  const ask: Ask = async (provider, _key, _question, signal) => {
    const own = provider.name === 'deepseek' ? deeds.deepseek : deeds.openai;
    const nth = calls.filter((call) => call.provider === provider.name).length;
    const deed = own[Math.min(nth, own.length - 1)] ?? answers(0);
    const call = { provider: provider.name, deed, began: clock.now(), ended: Number.NaN };
    calls.push(call);
    await clock.sleep(deed.afterMs, signal);
    call.ended = clock.now();
    signal.throwIfAborted();
    if (deed.does === 'cut') throw new Error('cut');
    if ('status' in deed.does) throw Object.assign(new Error('no'), deed.does);
    return { said: deed.does, model: `${provider.name}/as-answered`, usage: { input: 1000, output: 100 } };
  };
  const model = modelChain(DEFAULT_PROVIDERS, {
    clock,
    ask,
    secrets: { get: async () => 'key' },
    random: () => random,
    timeoutMs: timeoutSeconds * 1000,
    totalMs: totalSeconds * 1000,
  });
  const budget = passingBudget({ perAnomaly: 1, perDay: 1, perWorkspace: 1 });
  const ports = { repository: CODE, syntax: null, model, patterns: [], clock, budget, ...CONTEXT };
  let tookMs = Number.NaN;
  const options = { id: 'd', offline: false, signal: new AbortController().signal };
  const diagnosing = diagnose(anomaly, ports, options).finally(() => {
    tookMs = clock.now() - start;
  });
  await clock.advance(NEVER_MS / 10);
  return { diagnosis: await diagnosing, calls, tookMs };
}

const anyDeeds = fc.array(anyDeed, { minLength: 1, maxLength: 4 });
const anyBads = fc.array(anyBad, { minLength: 4, maxLength: 4 });
const anyRandom = fc.double({ min: 0, max: 0.999, noNaN: true });
const RUNS = { numRuns: 60 };

describe(`${FEATURE}, Property 5: Diagnosis Time Bound`, () => {
  it('has a diagnosis within 2 minutes, whatever the providers do', async () => {
    await fc.assert(
      fc.asyncProperty(anyDeeds, anyDeeds, anyRandom, async (deepseek, openai, random) => {
        const { tookMs } = await diagnosed({ deepseek, openai }, random);
        expect(tookMs).toBeLessThanOrEqual(120_000);
      }),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 6: Primary AI Service Selection`, () => {
  it('asks DeepSeek and nobody else when it answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(timeoutSeconds * 1000 - 1), anyDeeds, async (afterMs, openai) => {
        const { diagnosis, calls } = await diagnosed({ deepseek: [answers(afterMs)], openai });
        expect(diagnosis.aiModel).toBe('deepseek/as-answered');
        expect(calls.map(({ provider }) => provider)).toEqual(['deepseek']);
      }),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 7: AI Service Fallback`, () => {
  it('falls back to the OpenAI model whenever DeepSeek fails', async () => {
    await fc.assert(
      fc.asyncProperty(anyBads, fc.nat(SPARE_MS - 1), anyRandom, async (deepseek, afterMs, random) => {
        const { diagnosis } = await diagnosed({ deepseek, openai: [answers(afterMs)] }, random);
        expect(diagnosis.aiModel).toBe('openai/as-answered');
      }),
      RUNS,
    );
  });

  it('asks it within 5 s of the first failure of a service that does not serve', async () => {
    const down = fc.record({ afterMs: anyTime, does: anyError });
    await fc.assert(
      fc.asyncProperty(
        fc.array(down, { minLength: 2, maxLength: 2 }),
        anyRandom,
        async (deepseek, random) => {
          const { calls } = await diagnosed({ deepseek, openai: [answers(0)] }, random);
          const next = calls.find(({ provider }) => provider === 'openai');
          const waitedMs = (next?.began ?? Number.NaN) - (calls[0]?.ended ?? Number.NaN);
          expect(waitedMs).toBeGreaterThanOrEqual(0);
          expect(waitedMs).toBeLessThanOrEqual(5_000);
        },
      ),
      RUNS,
    );
  });

  it('lets the offline diagnosis stand when nobody answers', async () => {
    await fc.assert(
      fc.asyncProperty(anyBads, anyBads, anyRandom, async (deepseek, openai, random) => {
        const { diagnosis } = await diagnosed({ deepseek, openai }, random);
        expect(diagnosis).toMatchObject({ aiModel: 'offline', unanswered: true, verdict: 'cause' });
        expect(diagnosis.aiNote).toMatch(/deepseek: /);
      }),
      RUNS,
    );
  });
});

describe(`${FEATURE}, Property 8: Diagnosis Completeness`, () => {
  it('has root cause, affected components and recommended fix, whoever answered what', async () => {
    const anyText = fc.string({ unit: 'binary', minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(anyDeeds, anyDeeds, anyText, async (deepseek, openai, text) => {
        const sample = { ...ANOMALY.sample, text: redact(text) };
        const bare = { ...ANOMALY, sample: { ...sample, trace: null } };
        for (const anomaly of [bare, { ...ANOMALY, sample }]) {
          const { diagnosis } = await diagnosed({ deepseek, openai }, 0.5, anomaly);
          expect(diagnosis.rootCause.trim()).not.toBe('');
          expect(diagnosis.suggestedFix.trim()).not.toBe('');
          expect(diagnosis.affectedComponents.length).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });
});
