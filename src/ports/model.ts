import type { Redacted } from '../domain/redact.ts';

export interface ModelRequest {
  readonly system: string;
  /** Everything in it has passed the redaction door. */
  readonly prompt: Redacted;
  readonly maxOutputTokens: number;
}

export interface ModelAnswer {
  /** One JSON object as text; not yet checked. */
  readonly text: string;
  /** `provider/model` as the provider answered it. */
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where the configured price is unknown. */
  readonly dollars: number | null;
  readonly seconds: number;
}

/** A chain of providers seen as one. */
export interface LanguageModel {
  /** Configured providers in order, as `provider/model`. */
  readonly names: readonly string[];
  /** The most a request may cost, in US dollars; null when a price is unknown. */
  estimate(request: ModelRequest): number | null;
  /** @throws VigilError `provider_failed` when none answered, `cancelled` when `signal` aborted. */
  ask(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
}
