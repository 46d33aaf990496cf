import type { Anomaly } from '../domain/anomaly.ts';
import type { ContextPlan } from '../domain/context-plan.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import { VigilError } from '../domain/errors.ts';
import { derivedId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel, Ledger, ModelAnswer, ModelRequest } from '../ports/model.ts';
import type { Repository } from '../ports/repository.ts';
import type { Surroundings } from '../ports/surroundings.ts';
import type { Syntax } from '../ports/syntax.ts';
import type { Pattern } from '../ports/templates.ts';
import { codeAtFault } from './code-at-fault.ts';
import { gatherContext } from './context/gather.ts';
import { planContext, toldItems } from './context/planner.ts';
import { checkAnswer, flawOf } from './evidence.ts';
import { openExchange } from './exchange.ts';
import { type Budget, openLedger } from './ledger.ts';
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
  readonly budget: Budget;
  readonly surroundings: Surroundings;
  /** What all evidence together may take, tokens. */
  readonly contextTokens: number;
}

export interface DiagnosisOptions {
  readonly id: string;
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

const MAX_OUTPUT_TOKENS = 1500;
/** Confidence of what no artefact shows whole. */
const MOST_LIKELY = 0.75;
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
  const { located, known, plan } = await evidenceOf(anomaly, ports);
  const context = toldItems(plan);
  const offline: Diagnosis = {
    id: options.id,
    anomalyId: anomaly.id,
    timestamp: ports.clock.now(),
    suspects: located.suspects,
    suspectCommits: located.commits,
    hypotheses: [],
    context,
    aiModel: 'offline',
    aiNote: null,
    unanswered: false,
    cost: FREE,
    ...offlineFinding(anomaly, located, known, context),
  };
  if (options.signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
  if (ports.model === null || options.offline) return offline;
  return explained(offline, ports.model, ports, options.signal);
}

/** Exactly what `diagnose` would send to a model. */
export async function previewPrompt(anomaly: Anomaly, ports: DiagnosisPorts): Promise<Prompt> {
  const { plan } = await evidenceOf(anomaly, ports);
  return promptOf(toldItems(plan), nonceOf(anomaly.id), openExchange());
}

/** The evidence with what of it would be told, and why. */
export async function previewContext(anomaly: Anomaly, ports: DiagnosisPorts): Promise<ContextPlan> {
  return (await evidenceOf(anomaly, ports)).plan;
}

interface Gathered {
  readonly located: Located;
  readonly known: readonly Known[];
  readonly plan: ContextPlan;
}

async function evidenceOf(anomaly: Anomaly, ports: DiagnosisPorts): Promise<Gathered> {
  const { repository, syntax, patterns, surroundings, contextTokens } = ports;
  const located = repository === null ? NOWHERE : await locate(anomaly, repository, syntax);
  const known = matchPatterns(anomaly, patterns, codeAtFault(located));
  const candidates = await gatherContext(anomaly, { located, patterns: known, repository, surroundings });
  return { located, known, plan: planContext(candidates, contextTokens) };
}

/** The offline result with a model's explanation, or with a note why there is none. */
async function explained(
  offline: Diagnosis,
  model: LanguageModel,
  { budget }: DiagnosisPorts,
  signal: AbortSignal,
): Promise<Diagnosis> {
  const exchange = openExchange();
  const request: ModelRequest = {
    ...promptOf(offline.context, nonceOf(offline.anomalyId), exchange),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    flawOf: (text) => flawOf(exchange.restore(text)),
  };
  const ledger = openLedger(budget);
  const asked = await ask(model, request, ledger, signal);
  if (signal.aborted) throw new VigilError('cancelled', { what: 'the diagnosis was cancelled' });
  const paid = { ...offline, cost: ledger.total() };
  return asked.answer === null
    ? { ...paid, aiNote: asked.note, unanswered: asked.unanswered }
    : withAnswer(paid, { ...asked.answer, text: exchange.restore(asked.answer.text) });
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
        ...loweredTo(checked.sure, offline),
      };
  }
}

/** An explanation can make the evidence look weaker, never stronger. */
function loweredTo(sure: 'confirmed' | 'likely', offline: Diagnosis): Pick<Diagnosis, 'sure' | 'confidence'> {
  return sure === 'likely' && offline.sure === 'confirmed'
    ? { sure, confidence: Math.min(offline.confidence, MOST_LIKELY) }
    : { sure: offline.sure, confidence: offline.confidence };
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
