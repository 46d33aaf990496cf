import type { Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import type { LanguageModel, Ledger, ModelAnswer, ModelRequest } from '../ports/model.ts';
import { ANSWER_FORM, checkAnswer, flawOf } from './evidence.ts';
import { openExchange } from './exchange.ts';
import { type Budget, openLedger } from './ledger.ts';
import { nonceOf, promptOf } from './prompt.ts';
import { withSaid } from './verdict/said.ts';
import { lowered } from './verdict/sureness.ts';
import { verified } from './verification.ts';

const MAX_OUTPUT_TOKENS = 2000;

export interface Explaining {
  readonly model: LanguageModel;
  /** Asked whether the claims are carried; null: nobody. */
  readonly verifier: LanguageModel | null;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  readonly progress: (step: string) => void;
}

/**
 * The offline result with a model's explanation, or with a note why there is none.
 * @throws VigilError `cancelled`.
 */
export async function explained(offline: Diagnosis, explaining: Explaining): Promise<Diagnosis> {
  const { model, signal } = explaining;
  const exchange = openExchange();
  const request: ModelRequest = {
    ...promptOf(offline.context, nonceOf(offline.anomalyId), exchange),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    form: ANSWER_FORM,
    flawOf: (text) => flawOf(exchange.restore(text)),
    asking: (provider) => explaining.progress(`asking ${provider}`),
  };
  const ledger = openLedger(explaining.budget);
  const asked = await ask(model, request, ledger, signal);
  throwIfCancelled(signal);
  const paid = { ...offline, cost: ledger.total() };
  if (asked.answer === null) return { ...paid, aiNote: asked.note, unanswered: asked.unanswered };
  const answered = withAnswer(paid, { ...asked.answer, text: exchange.restore(asked.answer.text) });
  if (explaining.verifier === null || answered.aiModel === 'offline') return answered;
  const checked = await verified(answered, paid, { ...explaining, verifier: explaining.verifier, ledger });
  throwIfCancelled(signal);
  return { ...checked, cost: ledger.total() };
}

/** @throws VigilError `cancelled`. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
}

type Asked =
  | { readonly answer: ModelAnswer }
  | { readonly answer: null; readonly note: string; readonly unanswered: boolean };

/** Whatever a provider or its client does wrong is a note: the offline result stands. */
async function ask(
  model: LanguageModel,
  request: ModelRequest,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Asked> {
  try {
    return { answer: await model.ask(request, ledger, signal) };
  } catch (error) {
    const unanswered = error instanceof VigilError && error.code === 'provider_failed';
    return { answer: null, note: error instanceof Error ? error.message : String(error), unanswered };
  }
}

function withAnswer(offline: Diagnosis, answer: ModelAnswer): Diagnosis {
  const checked = checkAnswer(answer.text, offline.context);
  switch (checked.kind) {
    case 'inconclusive':
      return { ...offline, aiNote: `${answer.model} found no cause in the evidence` };
    case 'dropped':
      return { ...offline, aiNote: `${answer.model}: ${checked.why}` };
    case 'explained':
      return {
        ...offline,
        aiModel: answer.model,
        aiNote: droppedNote(checked.dropped),
        rootCause: checked.rootCause,
        suggestedFix: checked.suggestedFix === '' ? offline.suggestedFix : checked.suggestedFix,
        claims: [...offline.claims, ...checked.claims],
        hypotheses: withSaid(offline.hypotheses, checked.hypotheses),
        // An explanation can make the evidence look weaker, never stronger.
        ...lowered(offline, checked.sure),
      };
  }
}

function droppedNote(dropped: number): string | null {
  if (dropped === 0) return null;
  return dropped === 1
    ? '1 claim without evidence was dropped'
    : `${dropped} claims without evidence were dropped`;
}
