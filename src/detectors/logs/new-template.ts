import { z } from 'zod';
import type { Reading } from '../../domain/detection.ts';
import type { Level } from '../../domain/event.ts';
import type { Detector } from '../detector.ts';

export const newTemplateOptions = z.object({
  warmUp: z.number().int().min(1).default(20).describe('Messages before it speaks.'),
  calmEvents: z
    .number()
    .int()
    .default(20_000)
    .describe('Messages a source must have said before an ordinary new one matters.'),
  calmHours: z
    .number()
    .default(24)
    .describe('Hours without anything new before an ordinary new message matters.'),
});
export type NewTemplateOptions = z.infer<typeof newTemplateOptions>;

/** Something that a source said, and whether it ever said it before. */
export interface Message {
  readonly time: number;
  readonly level: Level | null;
  readonly fresh: boolean;
  readonly template: string;
}

interface State {
  seen: number;
  /** Messages, messages at level error and above, and new ones among these; all fading alike. */
  weight: number;
  errors: number;
  freshErrors: number;
  /** New errors of the last hour or so, and the time of the last. */
  recent: number;
  lastError: number;
  /** Messages since the last new one, and its time. */
  calm: number;
  lastFresh: number;
}

/**
 * Novelty, calibrated by how often the source itself says something new. A new error is a surprise until new errors are
 * its habit; any other new message only after a long time in which nothing was new.
 */
export function newTemplate(options: NewTemplateOptions = newTemplateOptions.parse({})): Detector<Message> {
  return new NewTemplate(options);
}

class NewTemplate implements Detector<Message> {
  readonly name = 'new-template';
  readonly needed: number;
  private readonly options: NewTemplateOptions;
  private readonly state: State = {
    seen: 0,
    weight: 0,
    errors: 0,
    freshErrors: 0,
    recent: 0,
    lastError: 0,
    calm: 0,
    lastFresh: 0,
  };

  constructor(options: NewTemplateOptions) {
    this.options = options;
    this.needed = options.warmUp;
  }

  get seen(): number {
    return this.state.seen;
  }

  score(message: Message): Reading | null {
    return score(this.state, message, this.options);
  }

  learn(message: Message): void {
    learn(this.state, message);
  }

  snapshot(): Float64Array {
    const { seen, weight, errors, freshErrors, recent, lastError, calm, lastFresh } = this.state;
    return Float64Array.of(seen, weight, errors, freshErrors, recent, lastError, calm, lastFresh);
  }

  restore(numbers: Float64Array): void {
    const [seen = 0, weight = 0, errors = 0, freshErrors = 0, recent = 0, lastError = 0] = numbers;
    const [calm = 0, lastFresh = 0] = numbers.subarray(6);
    Object.assign(this.state, { seen, weight, errors, freshErrors, recent, lastError, calm, lastFresh });
  }
}

export function isErrorLevel(level: Level | null): boolean {
  return level === 'error' || level === 'fatal';
}

function score(state: State, message: Message, options: NewTemplateOptions): Reading | null {
  if (!message.fresh || state.seen < options.warmUp) return null;
  const chance = isErrorLevel(message.level)
    ? errorChance(state, message)
    : ordinaryChance(state, message, options);
  return {
    detector: 'new-template',
    score: 1 - Math.min(1, chance),
    evidence: { kind: 'new_template', template: message.template, learned: state.seen },
  };
}

const HOUR = 3_600_000;

/** Messages that a source is believed to have said before we came: the first new errors are news at once. */
const CREDIT = 1200;
/** What is fatal matters to more than one reader, and its news may be more frequent. */
const FATAL_CREDIT = 3000;
/** A source that says a new error this often (share of its errors) is one whose errors are not understood. */
const HABIT = 0.2;

/** Chance that a message is a new error (Krichevsky-Trofimov estimate with credit). */
function errorChance(state: State, { level, time }: Message): number {
  const credit = level === 'fatal' ? FATAL_CREDIT : CREDIT;
  const chance = (state.freshErrors + 0.5) / (state.weight + credit);
  const habitual = state.errors > 20 && state.freshErrors > HABIT * state.errors;
  // One fault says many new things at once: each further one within the hour is less of a surprise.
  return chance * (1 + recentErrors(state, time)) * (habitual ? 10 : 1);
}

function recentErrors(state: State, time: number): number {
  return state.recent * 0.5 ** (Math.max(0, time - state.lastError) / HOUR);
}

/** Chance of a new message after so long without any (rule of succession); certain until the calm was long enough. */
function ordinaryChance(state: State, message: Message, options: NewTemplateOptions): number {
  const share = message.level === 'warn' ? 0.1 : 1;
  const calmMs = message.time - state.lastFresh;
  const young = state.calm < options.calmEvents * share || calmMs < options.calmHours * share * HOUR;
  return young ? 1 : 1 / (state.calm + 2);
}

/** Messages after which half is forgotten. */
const FADING = 1 - Math.LN2 / 20_000;

function learn(state: State, message: Message): void {
  if (state.seen === 0) state.lastFresh = message.time;
  const error = isErrorLevel(message.level) ? 1 : 0;
  state.seen += 1;
  state.weight = state.weight * FADING + 1;
  state.errors = state.errors * FADING + error;
  state.freshErrors = state.freshErrors * FADING + (message.fresh ? error : 0);
  state.calm = message.fresh ? 0 : state.calm + 1;
  if (!message.fresh) return;
  state.lastFresh = Math.max(state.lastFresh, message.time);
  if (error === 0) return;
  state.recent = recentErrors(state, message.time) + 1;
  state.lastError = Math.max(state.lastError, message.time);
}
