import { redact } from '../../domain/redact.ts';
import type { ModelAnswer, ModelRequest } from '../../ports/model.ts';
import type { Question, Reply } from './ask.ts';
import { type CallDeps, type Called, call, type Usable } from './call.ts';
import type { Failure } from './failure.ts';

/** The next provider is asked at most this long after the first failure of one that does not serve, ms. */
const FALLBACK_MS = 5_000;

/** Wait before the one further try, ms; half of it to one and a half, so that many who failed together part. */
const PAUSE_MS = 500;

/** As much of a wrong answer as is shown to its author again, characters. */
const SHOWN = 4_000;

export interface TryDeps extends CallDeps {
  /** Epoch ms at which its time is over. */
  readonly deadline: number;
  /** Another provider can be asked instead. */
  readonly hasSpare: boolean;
  /** [0,1). */
  readonly random: () => number;
  /** Told of each call whether it brought an answer of the right form. */
  readonly report: (worked: boolean) => void;
}

export type Outcome =
  | { readonly kind: 'answered'; readonly answer: ModelAnswer }
  | { readonly kind: 'failed'; readonly why: string; readonly next: boolean }
  | { readonly kind: 'unpaid'; readonly why: string };

/** An answer that is none, and what to ask instead. */
interface Flawed {
  readonly kind: 'flawed';
  readonly why: string;
  readonly question: Question;
}

/**
 * One provider: a further try where it does not serve, and one where it answers with nothing or in the wrong form. Who
 * answers has all the time that is left for a second answer; who does not has what is left of five seconds.
 */
export async function askOne(usable: Usable, request: ModelRequest, deps: TryDeps): Promise<Outcome> {
  const { clock, deadline } = deps;
  const first = await answerTo(request, request, usable, deps);
  if (first.kind !== 'flawed') return first;
  const failed: Outcome = { kind: 'failed', why: first.why, next: true };
  if (clock.now() >= deadline) return failed;
  const second = await answerTo(first.question, request, usable, deps);
  // Where the money ends between the two, the first is what counts: it was asked.
  return second.kind === 'flawed' || second.kind === 'unpaid' ? failed : second;
}

async function answerTo(
  question: Question,
  request: ModelRequest,
  usable: Usable,
  deps: TryDeps,
): Promise<Outcome | Flawed> {
  const called = await serve(question, usable, deps);
  if (called.kind === 'unpaid') return called;
  if (called.kind === 'failed') return { kind: 'failed', why: called.failure.why, next: called.failure.next };
  const outcome = readReply(called.reply, request);
  deps.report(outcome.kind === 'answered');
  return outcome;
}

/** A call, and one more where it failed in a way that may pass. */
async function serve(question: Question, usable: Usable, deps: TryDeps): Promise<Called> {
  const { clock, deadline, hasSpare } = deps;
  const first = await callBy(deadline, question, usable, deps);
  if (first.kind !== 'failed' || !first.failure.again) return first;
  const end = hasSpare ? Math.min(deadline, clock.now() + FALLBACK_MS) : deadline;
  const pause = pauseOf(first.failure, deps.random());
  if (clock.now() + pause >= end) return first;
  await clock.sleep(pause, deps.signal);
  const second = await callBy(end, question, usable, deps);
  return second.kind === 'unpaid' ? first : second;
}

async function callBy(end: number, question: Question, usable: Usable, deps: TryDeps): Promise<Called> {
  const called = await call(usable, question, end - deps.clock.now(), deps);
  // What is our own mistake says nothing about the provider.
  if (called.kind === 'failed' && called.failure.next) deps.report(false);
  return called;
}

function readReply({ said, model }: Reply, request: ModelRequest): Outcome | Flawed {
  if (said.text === null) {
    return said.again
      ? { kind: 'flawed', why: said.why, question: request }
      : { kind: 'failed', why: said.why, next: true };
  }
  const flaw = request.flawOf(said.text);
  if (flaw === null) return { kind: 'answered', answer: { text: said.text, model } };
  const question = { ...request, prompt: redact(repairOf(request.prompt, said.text, flaw)) };
  return { kind: 'flawed', why: 'answered in a wrong form', question };
}

/** The question once more, with the answer and what is wrong with it: one turn, since some templates know no more. */
function repairOf(prompt: string, text: string, flaw: string): string {
  return [
    prompt,
    '',
    'This was answered before, and it is not the JSON object that was asked for:',
    text.slice(0, SHOWN),
    'What is wrong with it:',
    flaw,
    'Answer again, with the one JSON object and nothing else.',
  ].join('\n');
}

function pauseOf({ waitMs }: Failure, random: number): number {
  return Math.max(waitMs ?? 0, PAUSE_MS * (0.5 + random));
}
