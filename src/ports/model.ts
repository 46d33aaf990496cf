import type { Cost } from '../domain/diagnosis.ts';
import type { Redacted } from '../domain/redact.ts';

/** The form that an answer is to have, for providers that can be held to one: a strict JSON Schema. */
export interface AnswerForm {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ModelRequest {
  readonly system: string;
  /** Everything in it has passed the redaction door. */
  readonly prompt: Redacted;
  readonly maxOutputTokens: number;
  readonly form: AnswerForm;
  /** What is wrong with the form of an answer, in words for its author; null when it is right. */
  flawOf(text: string): string | null;
  /** Told who is asked now, as `provider/model`. */
  asking(provider: string): void;
}

export interface ModelAnswer {
  /** Of the form that was asked for; what it says is not yet checked. */
  readonly text: string;
  /** `provider/model` as the provider answered it. */
  readonly model: string;
}

/** Where calls are paid: set aside before, settled after. */
export interface Ledger {
  /** Sets aside the most that a call may cost, US dollars. Why it may not be made, or null when it may. */
  reserve(dollars: number): Promise<string | null>;
  /** Puts what the call cost in the place of what was set aside for it. */
  settle(reserved: number, cost: Cost): Promise<void>;
}

/** A chain of providers seen as one. */
export interface LanguageModel {
  /** Configured providers in order, as `provider/model`. */
  readonly names: readonly string[];
  /**
   * Each call is paid from `ledger`, also those that bring no answer.
   * @throws VigilError `provider_failed` when none answered, `budget_spent` when money kept all from being asked,
   * `cancelled` when `signal` aborted.
   */
  ask(request: ModelRequest, ledger: Ledger, signal: AbortSignal): Promise<ModelAnswer>;
}
