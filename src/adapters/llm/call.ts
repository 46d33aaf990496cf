import { VigilError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/model.ts';
import type { Ask, Question, Reply } from './ask.ts';
import { within } from './deadline.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Price, Provider } from './options.ts';
import { costOf, mostOf } from './price.ts';

/** A provider that can be asked: its key is there and its price is known. */
export interface Usable {
  readonly provider: Provider;
  readonly key: string;
  readonly price: Price;
}

export interface CallDeps {
  readonly clock: Clock;
  readonly ask: Ask;
  readonly ledger: Ledger;
  readonly signal: AbortSignal;
}

export type Called =
  | { readonly kind: 'reply'; readonly reply: Reply }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'unpaid'; readonly why: string };

/**
 * One call, paid and at most `ms` long. What was set aside for it stays spent where it may have been billed unseen.
 * @throws VigilError `cancelled`.
 */
export async function call(
  { provider, key, price }: Usable,
  question: Question,
  ms: number,
  { clock, ask, ledger, signal }: CallDeps,
): Promise<Called> {
  if (signal.aborted) throw cancelled();
  const reserved = mostOf(price, question);
  const refusal = await ledger.reserve(reserved);
  if (refusal !== null) return { kind: 'unpaid', why: refusal };
  const began = clock.now();
  const called = await within({ clock, ms, signal }, (limit) => ask(provider, key, question, limit)).then(
    (reply): Called => ({ kind: 'reply', reply }),
    (error: unknown): Called => ({ kind: 'failed', failure: failureOf(error, clock.now()) }),
  );
  const [input, output, dollars] = billOf(called, { price, reserved, began });
  const seconds = (clock.now() - began) / 1000;
  await ledger.settle(reserved, { inputTokens: input, outputTokens: output, dollars, seconds });
  if (signal.aborted) throw cancelled();
  return called;
}

function cancelled(): VigilError {
  return new VigilError('cancelled', { what: 'the question was cancelled' });
}

interface Terms {
  readonly price: Price;
  readonly reserved: number;
  /** Epoch ms: the hour decides the price. */
  readonly began: number;
}

/** Tokens in, tokens out, US dollars. */
function billOf(called: Called, terms: Terms): readonly [number, number, number] {
  if (called.kind === 'reply' && called.reply.usage !== null) {
    const { input, output } = called.reply.usage;
    return [input, output, costOf(terms.price, input, output, terms.began)];
  }
  const isFree = called.kind === 'failed' && !called.failure.billed;
  return [0, 0, isFree ? 0 : terms.reserved];
}
