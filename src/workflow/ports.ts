import type { applyFix } from '../codegen/apply.ts';
import type { planFix } from '../codegen/plan.ts';
import type { pullText } from '../codegen/pull-text.ts';
import type { diagnose, previewContext, previewPrompt } from '../diagnosis/diagnose.ts';
import type { BudgetCaps } from '../domain/budget.ts';
import type { FixRules } from '../domain/fix.ts';
import type { Automation } from '../domain/policy.ts';
import type { CodeAgent } from '../ports/agent.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LanguageModel } from '../ports/model.ts';
import type { Queue } from '../ports/queue.ts';
import type { Forge, Repository } from '../ports/repository.ts';
import type { Store } from '../ports/store.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Parser } from '../ports/syntax-tree.ts';
import type { Pattern, Templates } from '../ports/templates.ts';
import type { Toolchains } from '../ports/toolchain.ts';
import type { Artefacts, Workspaces } from '../ports/workspace.ts';
import type { Wanted } from './put-job.ts';

/** The three steps that do the thinking; handlers only say when, and keep what comes out. */
export interface Crafts {
  readonly diagnose: typeof diagnose;
  readonly previewPrompt: typeof previewPrompt;
  readonly previewContext: typeof previewContext;
  readonly planFix: typeof planFix;
  readonly applyFix: typeof applyFix;
  readonly pullText: typeof pullText;
}

/** What jobs ask of the world. */
export interface WorkflowPorts {
  readonly store: Store;
  readonly queue: Queue;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly templates: Templates;
  readonly crafts: Crafts;
  readonly automation: Automation;

  /** Asked for each job: a folder may become a repository while the daemon runs. Null when it is none. */
  repository(): Promise<Repository | null>;
  readonly syntax: Syntax;
  /** Null when no provider is configured or `offline` is set. */
  readonly model: LanguageModel | null;
  /** Takes a second look at a model's claims; null unless `diagnosis.verify` is set. */
  readonly verifier: LanguageModel | null;
  readonly patterns: readonly Pattern[];
  readonly caps: BudgetCaps;
  /** What all evidence of a diagnosis together may take, tokens. */
  readonly contextTokens: number;

  /** The engine by name; null for the configured one. @throws VigilError `usage` for an unknown name. */
  agent(engine: string | null): Promise<CodeAgent>;
  readonly toolchains: Toolchains;
  readonly parser: Parser;
  readonly workspaces: Workspaces;
  readonly artefacts: Artefacts;
  readonly fixRules: FixRules;
  /** Name of the sandbox that agents and tests run in. */
  readonly sandboxName: string;
  /** `fix.sandbox: 'none'` is set: what was made without a sandbox may be pushed. */
  readonly pushUnconfined: boolean;

  /** Asked for each job: the token may come later than the daemon. Null without a remote or a token. */
  forge(): Promise<Forge | null>;
  /** Reviewers that are asked beside those a person named. */
  readonly reviewers: readonly string[];
}

/** One run of one job. */
export interface Run {
  /** Aborts when a person cancels, or the daemon stops. */
  readonly signal: AbortSignal;
  /** No further try follows when this one fails. */
  readonly last: boolean;
  /** What is being done, in a few words, and how far it is, [0,1]. */
  readonly progress: (step: string, progress: number) => void;
  /** Puts a job for a later time, once this one has ended: until then there is no room for a second of its kind. */
  readonly later: (wanted: Wanted, notBefore: number) => void;
}
