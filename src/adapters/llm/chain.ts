import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LanguageModel, Ledger, ModelAnswer, ModelRequest } from '../../ports/model.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { Ask } from './ask.ts';
import type { Usable } from './call.ts';
import { afterFailure, afterSuccess, asOf, type Circuit, CLOSED } from './circuit.ts';
import type { Provider } from './options.ts';
import { askOne, type Outcome } from './provider.ts';

export interface ChainDeps {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly ask: Ask;
  /** [0,1), for the jitter of pauses. */
  readonly random: () => number;
  /** Longest wait for one provider, with its further tries, ms. */
  readonly timeoutMs: number;
  /** Longest wait for all together, ms. */
  readonly totalMs: number;
}

/**
 * Providers in order: the next is asked when one has no key, no price, no money, no such model, is overloaded, too slow,
 * or gives no answer of the right form. It is not asked after 400 or 422, which would be our own mistake.
 */
export function modelChain(providers: readonly Provider[], deps: ChainDeps): LanguageModel {
  const circuits = new Map<string, Circuit>();
  return {
    names: providers.map(({ name, model }) => `${name}/${model}`),
    ask: (request, ledger, signal) =>
      askInOrder(request, {
        ...deps,
        providers,
        circuits,
        ledger,
        signal,
        deadline: deps.clock.now() + deps.totalMs,
      }),
  };
}

interface Asking extends ChainDeps {
  readonly providers: readonly Provider[];
  /** How each provider did lately, by name; lives as long as the chain. */
  readonly circuits: Map<string, Circuit>;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
  /** Epoch ms at which all is over. */
  readonly deadline: number;
}

async function askInOrder(request: ModelRequest, asking: Asking): Promise<ModelAnswer> {
  const { usable, notes } = await usableOf(asking);
  let wasAsked = false;
  for (const [at, one] of usable.entries()) {
    const hasSpare = at < usable.length - 1;
    const outcome = await tryOne(one, request, asking, hasSpare);
    if (outcome.kind === 'answered') return outcome.answer;
    wasAsked ||= outcome.kind === 'failed';
    notes.push(`${one.provider.name}: ${outcome.why}`);
    if (outcome.kind === 'failed' && !outcome.next) break;
    if (asking.clock.now() >= asking.deadline) break;
  }
  const why = notes.join('; ');
  if (wasAsked) throw new VigilError('provider_failed', { what: 'no model answered', why });
  throw new VigilError('budget_spent', { what: 'no model was asked', why });
}

/** A provider whose circuit is open rests while there is another: the last one is asked in any case. */
async function tryOne(
  one: Usable,
  request: ModelRequest,
  asking: Asking,
  hasSpare: boolean,
): Promise<Outcome> {
  const { circuits, clock } = asking;
  const { name } = one.provider;
  const circuit = () => circuits.get(name) ?? CLOSED;
  if (hasSpare && asOf(circuit(), clock.now()).state === 'open') {
    return { kind: 'failed', why: 'rests after failures in a row', next: true };
  }
  request.asking(`${name}/${one.provider.model}`);
  const report = (worked: boolean) =>
    circuits.set(name, (worked ? afterSuccess : afterFailure)(circuit(), clock.now()));
  const deadline = Math.min(asking.deadline, clock.now() + asking.timeoutMs);
  return askOne(one, request, { ...asking, deadline, hasSpare, report });
}

/** Providers that can be asked, and why the others cannot. An unknown price fails closed. */
async function usableOf({ providers, secrets }: Asking) {
  const usable: Usable[] = [];
  const notes: string[] = [];
  for (const provider of providers) {
    const { name, keyEnv, price } = provider;
    const key = keyEnv === null ? 'none' : await secrets.get(keyEnv);
    if (key === null) notes.push(`${name}: no key (${keyEnv ?? ''})`);
    else if (price === null) notes.push(`${name}: its price is unknown`);
    else usable.push({ provider, key, price });
  }
  return { usable, notes };
}
