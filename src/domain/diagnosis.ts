import type { Redacted } from './redact.ts';

/** A place in the repository. `line` is 1-based. */
export interface CodeLocation {
  /** Path relative to the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly symbol: string | null;
  /** [0,1], relative to the other suspects. */
  readonly score: number;
  readonly why: string;
  /** A few lines around it as committed or checked out, numbered; null where the file cannot be read. */
  readonly excerpt: Redacted | null;
}

export interface SuspectCommit {
  readonly sha: string;
  readonly subject: Redacted;
  readonly author: string;
  readonly date: number;
  readonly score: number;
  readonly why: string;
}

/** One piece of evidence handed to the model; claims point to it by id. */
export interface ContextItem {
  /** Short and stable within one diagnosis: `E1`, `L3`, `S1`, `C2`. */
  readonly id: string;
  readonly kind:
    | 'error'
    | 'log'
    | 'metric'
    | 'trace'
    | 'deploy'
    | 'commit'
    | 'code'
    | 'pattern'
    | 'past'
    | 'config';
  readonly title: string;
  readonly text: Redacted;
}

export interface Claim {
  readonly text: Redacted;
  /** Ids of the context items that carry it; a claim without any is dropped before it gets here. */
  readonly restsOn: readonly string[];
  /** `confirmed` only where an item shows the mechanism itself: the frame, the changed line, the words of the log. */
  readonly sure: 'confirmed' | 'likely';
}

/** A cause that was weighed. */
export interface Hypothesis {
  readonly text: Redacted;
  readonly standing: 'favoured' | 'possible' | 'ruled_out';
  readonly for: readonly Claim[];
  readonly against: readonly Claim[];
}

/** What calls of models cost together. */
export interface Cost {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars. A provider whose price is unknown is never asked. */
  readonly dollars: number;
  readonly seconds: number;
}

export type Verdict = 'cause' | 'inconclusive' | 'no_code_cause';

export interface Diagnosis {
  readonly id: string;
  readonly anomalyId: string;
  readonly timestamp: number;
  readonly verdict: Verdict;
  readonly rootCause: Redacted;
  readonly affectedComponents: readonly string[];
  /** Best first. */
  readonly suspects: readonly CodeLocation[];
  readonly suspectCommits: readonly SuspectCommit[];
  readonly suggestedFix: Redacted;
  /** Computed from evidence, never asked of a model; [0,1]. */
  readonly confidence: number;
  readonly sure: 'confirmed' | 'likely' | 'inconclusive';
  readonly claims: readonly Claim[];
  /** At most three that stand, the favoured one first, then what was ruled out. */
  readonly hypotheses: readonly Hypothesis[];
  readonly context: readonly ContextItem[];
  /** `offline`, or `provider/model` as answered. */
  readonly aiModel: string;
  /** Why a model was not used or its answer not taken; null when all went well or none is configured. */
  readonly aiNote: string | null;
  /** No provider answered: it is worth asking again later. */
  readonly unanswered: boolean;
  readonly cost: Cost;
}
