import { type Ask, askProvider } from '../../src/adapters/llm/ask.ts';
import { modelChain } from '../../src/adapters/llm/chain.ts';
import { type Provider, providerSchema } from '../../src/adapters/llm/options.ts';
import { ANSWER_FORM } from '../../src/diagnosis/evidence.ts';
import { openLedger, passingBudget } from '../../src/diagnosis/ledger.ts';
import type { BudgetCaps } from '../../src/domain/budget.ts';
import { redact } from '../../src/domain/redact.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../src/ports/model.ts';
import { HANGING, type ProviderServer, providerServer, type Reply, type Sent } from './provider-server.ts';
import { virtualClock } from './virtual-clock.ts';

const TIMEOUT_MS = 60_000;
const TOTAL_MS = 100_000;
/** Time goes on by this much when nothing but time can end what is waited for. */
const STEP_MS = 250;

const REQUEST: ModelRequest = {
  system: 'Answer in JSON.',
  prompt: redact('What is wrong?'),
  maxOutputTokens: 300,
  form: ANSWER_FORM,
  asking: () => undefined,
  flawOf: (text) => (text.startsWith('{') ? null : 'it is no JSON object'),
};

/** One HTTP call as the chain saw it; times on the virtual clock, ms since the beginning. */
export interface Made {
  readonly provider: string;
  readonly began: number;
  readonly ended: number | null;
}

export interface ProviderWorld {
  readonly model: LanguageModel;
  /** Asks once; time goes on by itself while only time can help. */
  ask(signal?: AbortSignal): Promise<ModelAnswer>;
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  readonly calls: readonly Made[];
  /** Requests by server. */
  readonly sent: readonly (readonly Sent[])[];
  /** What was paid so far. */
  readonly cost: ReturnType<ReturnType<typeof openLedger>['total']>;
  /** What the budget holds: spent and set aside, US dollars. */
  spent(): Promise<number>;
  close(): Promise<void>;
}

interface Wanted {
  readonly changes?: readonly Partial<Provider>[];
  readonly caps?: BudgetCaps;
}

const PLENTY: BudgetCaps = { perAnomaly: 1, perDay: 1, perWorkspace: 1 };

/** A chain over real HTTP, one server on loopback a provider, with time that stands still while bytes are on their way. */
export async function providerWorld(
  servers: readonly (readonly Reply[])[],
  { changes = [], caps = PLENTY }: Wanted = {},
): Promise<ProviderWorld> {
  const listening = await Promise.all(servers.map((replies) => providerServer(replies)));
  const providers = listening.map((server, at) => ({ ...providerAt(server, at), ...changes[at] }));
  const clock = virtualClock();
  const start = clock.now();
  const calls: { provider: string; began: number; ended: number | null; isHopeless(): boolean }[] = [];
  const ask: Ask = async (provider, ...rest) => {
    const at = providers.findIndex(({ name }) => name === provider.name);
    const nth = calls.filter((call) => call.provider === provider.name).length;
    const replies = servers[at] ?? [];
    const reply = replies[Math.min(nth, replies.length - 1)];
    const call = {
      provider: provider.name,
      began: clock.now() - start,
      ended: null as number | null,
      isHopeless: () => reply !== undefined && HANGING.has(reply) && (listening[at]?.sent.length ?? 0) > nth,
    };
    calls.push(call);
    return askProvider(provider, ...rest).finally(() => {
      call.ended = clock.now() - start;
    });
  };
  const secrets = { get: async (name: string) => (name === 'KEY_NONE' ? null : `secret of ${name}`) };
  const deps = { clock, secrets, ask, random: () => 0.5, timeoutMs: TIMEOUT_MS, totalMs: TOTAL_MS };
  const model = modelChain(providers, deps);
  const budget = passingBudget(caps);
  const ledger = openLedger(budget);
  return {
    model,
    calls,
    sent: listening.map(({ sent }) => sent),
    pass: (ms) => clock.advance(ms),
    async ask(signal = new AbortController().signal) {
      let isOver = false;
      const asking = model.ask(REQUEST, ledger, signal).finally(() => {
        isOver = true;
      });
      asking.catch(() => undefined); // told to who awaits it below
      for (;;) {
        await clock.settle();
        if (isOver) return asking;
        if (calls.every((call) => call.ended !== null || call.isHopeless())) await clock.advance(STEP_MS);
      }
    },
    get cost() {
      return ledger.total();
    },
    spent: async () => (await budget.spent()).workspace,
    close: async () => {
      await Promise.all(listening.map((server) => server.close()));
    },
  };
}

function providerAt({ url }: ProviderServer, at: number): Provider {
  return providerSchema.parse({
    name: `p${at + 1}`,
    baseUrl: `${url}/v1`,
    model: 'asked-model',
    keyEnv: `KEY_${at + 1}`,
    price: { inputPerMillion: 1, outputPerMillion: 10 },
  });
}
