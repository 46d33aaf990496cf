import type { Anomaly } from '../domain/anomaly.ts';
import { type BudgetCaps, type Spent, withinBudget } from '../domain/budget.ts';
import type { ContextItem, Cost, Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import { derivedId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from '../ports/model.ts';
import type { Repository } from '../ports/repository.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Pattern } from '../ports/templates.ts';
import { contextOf } from './context.ts';
import { checkAnswer } from './evidence.ts';
import { type Located, locate } from './locate/locate.ts';
import { offlineFinding } from './offline.ts';
import { type Known, matchPatterns } from './patterns.ts';
import { type Prompt, promptOf } from './prompt.ts';

export interface DiagnosisPorts {
  /** Null outside a repository: then only patterns and the evidence itself speak. */
  readonly repository: Repository | null;
  /** Null: what stands in the repository's source is not read, and only a trace leads anywhere. */
  readonly syntax: Syntax | null;
  readonly model: LanguageModel | null;
  readonly patterns: readonly Pattern[];
  readonly clock: Clock;
  readonly budget: {
    readonly caps: BudgetCaps;
    spent(): Promise<Spent>;
    spend(dollars: number): Promise<void>;
  };
}

export interface DiagnosisOptions {
  readonly id: string;
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

const MAX_OUTPUT_TOKENS = 1500;
const NOWHERE: Located = { suspects: [], commits: [], by: 'nothing', origin: null, exact: false };
const FREE: Cost = { inputTokens: 0, outputTokens: 0, dollars: 0, seconds: 0 };

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
  const { located, known, context } = await evidenceOf(anomaly, ports);
  const offline: Diagnosis = {
    id: options.id,
    anomalyId: anomaly.id,
    timestamp: ports.clock.now(),
    suspects: located.suspects,
    suspectCommits: located.commits,
    context,
    aiModel: 'offline',
    aiNote: null,
    cost: FREE,
    ...offlineFinding(anomaly, located, known, context),
  };
  if (options.signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
  if (ports.model === null || options.offline) return offline;
  return explained(offline, ports.model, ports, options.signal);
}

/** Exactly what `diagnose` would send to a model. */
export async function previewPrompt(anomaly: Anomaly, ports: DiagnosisPorts): Promise<Prompt> {
  const { context } = await evidenceOf(anomaly, ports);
  return promptOf(context, nonceOf(anomaly.id));
}

interface Gathered {
  readonly located: Located;
  readonly known: readonly Known[];
  readonly context: readonly ContextItem[];
}

async function evidenceOf(
  anomaly: Anomaly,
  { repository, syntax, patterns }: DiagnosisPorts,
): Promise<Gathered> {
  const located = repository === null ? NOWHERE : await locate(anomaly, repository, syntax);
  const known = matchPatterns(anomaly, patterns);
  return { located, known, context: contextOf(anomaly, located, known) };
}

/** The offline result with a model's explanation, or with a note why there is none. */
async function explained(
  offline: Diagnosis,
  model: LanguageModel,
  { budget }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const request: ModelRequest = {
    ...promptOf(offline.context, nonceOf(offline.anomalyId)),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
  };
  const estimate = model.estimate(request);
  if (!withinBudget(budget.caps, await budget.spent(), estimate)) {
    return {
      ...offline,
      aiNote: estimate === null ? 'not asked: the price is unknown' : 'not asked: the budget is spent',
    };
  }
  const reserved = estimate ?? 0;
  await budget.spend(reserved); // before the call; settled after it
  const asked = await ask(model, request, signal);
  await budget.spend((asked.answer === null ? 0 : (asked.answer.dollars ?? reserved)) - reserved);
  if (signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
  return asked.answer === null ? { ...offline, aiNote: asked.note } : withAnswer(offline, asked.answer);
}

type Asked = { readonly answer: ModelAnswer } | { readonly answer: null; readonly note: string };

/** Whatever a provider or its client does wrong is a note: the offline result stands. */
async function ask(model: LanguageModel, request: ModelRequest, signal: AbortSignal): Promise<Asked> {
  try {
    return { answer: await model.ask(request, signal) };
  } catch (error) {
    return { answer: null, note: error instanceof Error ? error.message : String(error) };
  }
}

function withAnswer(offline: Diagnosis, answer: ModelAnswer): Diagnosis {
  const { inputTokens, outputTokens, dollars, seconds } = answer;
  const asked = { ...offline, cost: { inputTokens, outputTokens, dollars, seconds } };
  const checked = checkAnswer(answer.text, offline.context);
  switch (checked.kind) {
    case 'inconclusive':
      return { ...asked, aiNote: `${answer.model} found no cause in the evidence` };
    case 'dropped':
      return { ...asked, aiNote: `${answer.model}: ${checked.why}` };
    case 'explained':
      return {
        ...asked,
        aiModel: answer.model,
        aiNote: droppedNote(checked.dropped),
        rootCause: checked.rootCause,
        suggestedFix: checked.suggestedFix === '' ? offline.suggestedFix : checked.suggestedFix,
        claims: [...offline.claims, ...checked.claims],
      };
  }
}

function droppedNote(dropped: number): string | null {
  if (dropped === 0) return null;
  return dropped === 1
    ? '1 claim without evidence was dropped'
    : `${dropped} claims without evidence were dropped`;
}

/** Not guessable from the telemetry: it depends on the anomaly's id, which telemetry cannot choose. */
function nonceOf(id: string): string {
  return derivedId('nonce', id).slice(0, 8);
}
