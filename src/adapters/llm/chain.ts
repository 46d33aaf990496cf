import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../../ports/model.ts';
import type { Secrets } from '../../ports/secrets.ts';
import { askProvider } from './ask.ts';
import { failureOf } from './failure.ts';
import type { Provider } from './options.ts';

export interface ChainDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Total deadline of one call, ms. A socket's idle time says nothing: DeepSeek sends empty lines while it waits. */
  readonly timeoutMs: number;
}

/** Wait before the one further try at the same provider, ms. */
const PAUSE_MS = 500;

/** About four characters make a token; rounded up so that an estimate is never too low. */
const CHARS_PER_TOKEN = 3;

/**
 * Providers in order: the next is asked when one has no key, no money, no such model, is overloaded, too slow, or
 * answers nothing. It is not asked after 400 or 422, which would be our own mistake.
 */
export function modelChain(providers: readonly Provider[], deps: ChainDeps): LanguageModel {
  return {
    names: providers.map(nameOf),
    estimate: (request) => estimateOf(providers, request),
    ask: (request, signal) => askInOrder(providers, request, { ...deps, signal }),
  };
}

type Asking = ChainDeps & { readonly signal: AbortSignal };

async function askInOrder(
  providers: readonly Provider[],
  request: ModelRequest,
  deps: Asking,
): Promise<ModelAnswer> {
  const notes: string[] = [];
  for (const provider of providers) {
    const key = provider.keyEnv === null ? 'none' : await deps.secrets.get(provider.keyEnv);
    if (key === null) {
      notes.push(`${provider.name}: no key (${provider.keyEnv ?? ''})`);
      continue;
    }
    const tried = await tryProvider(provider, key, request, deps);
    if (tried.answer !== null) return tried.answer;
    notes.push(`${provider.name}: ${tried.why}`);
    if (!tried.goOn) break;
  }
  throw new VigilError('provider_failed', { what: 'no model answered', why: notes.join('; ') });
}

type Tried =
  | { readonly answer: ModelAnswer }
  | { readonly answer: null; readonly why: string; readonly goOn: boolean };

async function tryProvider(
  provider: Provider,
  key: string,
  request: ModelRequest,
  deps: Asking,
): Promise<Tried> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { answer: await askProvider(provider, key, request, deps) };
    } catch (error) {
      if (deps.signal.aborted)
        throw new VigilError('cancelled', { what: 'the question was cancelled', cause: error });
      const failure = failureOf(error);
      if (!failure.again || attempt === 2) return { answer: null, why: failure.why, goOn: failure.next };
      await deps.clock.sleep(Math.min(failure.waitMs ?? PAUSE_MS, 5_000), deps.signal);
    }
  }
}

/** The dearest provider's price: any of them may answer. */
function estimateOf(providers: readonly Provider[], request: ModelRequest): number | null {
  const input = (request.system.length + request.prompt.length) / CHARS_PER_TOKEN;
  let most = 0;
  for (const { price } of providers) {
    if (price === null) return null;
    most = Math.max(
      most,
      (input * price.inputPerMillion + request.maxOutputTokens * price.outputPerMillion) / 1e6,
    );
  }
  return most;
}

function nameOf({ name, model }: Provider): string {
  return `${name}/${model}`;
}
