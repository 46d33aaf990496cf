import type { Anomaly } from '../domain/anomaly.ts';
import type { ContextPlan } from '../domain/context-plan.ts';
import type { ContextItem, Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel } from '../ports/model.ts';
import type { Repository } from '../ports/repository.ts';
import type { Surroundings } from '../ports/surroundings.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Pattern } from '../ports/templates.ts';
import { codeAtFault } from './code-at-fault.ts';
import { gatherContext } from './context/gather.ts';
import { planContext, toldItems } from './context/planner.ts';
import { openExchange } from './exchange.ts';
import { explained } from './explanation.ts';
import type { Budget } from './ledger.ts';
import { type Located, locate } from './locate/locate.ts';
import { type Known, matchPatterns, patternsBefore } from './patterns.ts';
import { nonceOf, type Prompt, promptOf } from './prompt.ts';
import { citing } from './verdict/cite.ts';
import { offlineFinding } from './verdict/finding.ts';
import { valueAt } from './verdict/value.ts';
import type { Weighing } from './verdict/weighing.ts';

export interface DiagnosisPorts {
  /** Null outside a repository: then only patterns and the evidence itself speak. */
  readonly repository: Repository | null;
  /** Null: what stands in the repository's source is not read, and only a trace leads anywhere. */
  readonly syntax: Syntax | null;
  readonly model: LanguageModel | null;
  /** Takes a second look at what the model claims; absent or null: nobody does. */
  readonly verifier?: LanguageModel | null;
  readonly patterns: readonly Pattern[];
  readonly clock: Clock;
  readonly budget: Budget;
  readonly surroundings: Surroundings;
  /** What all evidence together may take, tokens. */
  readonly contextTokens: number;
}

export interface DiagnosisOptions {
  readonly id: string;
  readonly offline: boolean;
  readonly signal: AbortSignal;
  /** Told what is being done, in words for a person. */
  readonly progress?: (step: string) => void;
}

const NOWHERE: Located = { suspects: [], commits: [], by: 'nothing', origin: null, exact: false };
const FREE: Diagnosis['cost'] = { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0 };

/**
 * The cause of an anomaly with its evidence. The offline result always stands; a model may only explain it better. A
 * provider that fails is a note, never an error.
 * @throws VigilError `cancelled` when `signal` aborts.
 */
export async function diagnose(
  anomaly: Anomaly,
  ports: DiagnosisPorts,
  options: DiagnosisOptions,
): Promise<Diagnosis> {
  const gathered = await evidenceOf(anomaly, ports);
  const { located, context } = gathered;
  const offline: Diagnosis = {
    id: options.id,
    anomalyId: anomaly.id,
    timestamp: ports.clock.now(),
    suspects: located.suspects,
    suspectCommits: located.commits,
    context,
    aiModel: 'offline',
    aiNote: null,
    unanswered: false,
    cost: FREE,
    ...offlineFinding(await weighingOf(anomaly, gathered, ports)),
  };
  if (options.signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
  if (ports.model === null || options.offline) return offline;
  const { model, verifier = null, budget } = ports;
  const { signal, progress = () => undefined } = options;
  return explained(offline, { model, verifier, budget, signal, progress });
}

/** Exactly what `diagnose` would send to a model. */
export async function previewPrompt(anomaly: Anomaly, ports: DiagnosisPorts): Promise<Prompt> {
  const { context } = await evidenceOf(anomaly, ports);
  return promptOf(context, nonceOf(anomaly.id), openExchange());
}

/** The evidence with what of it would be told, and why. */
export async function previewContext(anomaly: Anomaly, ports: DiagnosisPorts): Promise<ContextPlan> {
  return (await evidenceOf(anomaly, ports)).plan;
}

interface Gathered {
  readonly located: Located;
  readonly known: readonly Known[];
  readonly plan: ContextPlan;
  /** What of the plan is told. */
  readonly context: readonly ContextItem[];
}

async function evidenceOf(anomaly: Anomaly, ports: DiagnosisPorts): Promise<Gathered> {
  const { repository, syntax, patterns, surroundings, contextTokens } = ports;
  const located = repository === null ? NOWHERE : await locate(anomaly, repository, syntax);
  const known = matchPatterns(anomaly, patterns, codeAtFault(located));
  const candidates = await gatherContext(anomaly, { located, patterns: known, repository, surroundings });
  const plan = planContext(candidates, contextTokens);
  return { located, known, plan, context: toldItems(plan) };
}

/** The evidence as what hypotheses are made of. */
async function weighingOf(
  anomaly: Anomaly,
  { located, known, context }: Gathered,
  { repository, patterns }: DiagnosisPorts,
): Promise<Weighing> {
  const { origin } = located;
  return {
    anomaly,
    located,
    known,
    nearby: patternsBefore(anomaly, patterns),
    lookedFor: patterns.filter(({ verdict }) => verdict === 'no_code_cause').length,
    value: repository === null || origin === null ? null : await valueAt(anomaly, origin, repository),
    context,
    cite: citing(context),
  };
}
