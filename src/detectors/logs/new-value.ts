import { z } from 'zod';
import { ALARMS_PER_DAY, type Reading } from '../../domain/detection.ts';
import { HOUR_MS } from '../../domain/rollup.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import type { Detector } from '../detector.ts';

export const newValueOptions = z.object({
  messages: z
    .number()
    .int()
    .min(1)
    .default(300)
    .describe('Messages with a field before its values are known.'),
  minutes: z.number().min(0).default(10).describe('And so long without a new one.'),
  creditDays: z
    .number()
    .positive()
    .default(10)
    .describe('Days without a new value credited to a new source, so that the first is news at once.'),
});
export type NewValueOptions = z.infer<typeof newValueOptions>;

/** A field of a message had a value that it never had. */
export interface FreshValue {
  /** Epoch ms. */
  readonly time: number;
  readonly field: string;
  readonly value: string;
  /** The few values that it had so far. */
  readonly usual: readonly string[];
  /** Messages since the last new one of these, and its time. */
  readonly learned: number;
  readonly since: number;
}

interface State {
  seen: number;
  /** Time of the first new value of all, and of the last that was one of a field whose values were known. */
  since: number;
  last: number;
  /** How many of these there were; those within an hour are one. */
  news: number;
}

const DAY_MS = 24 * HOUR_MS;

/** A new value where values were few for long, calibrated by how often the source has that. */
export function newValue(
  options: NewValueOptions = newValueOptions.parse({}),
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): Detector<FreshValue> {
  const state: State = { seen: 0, since: 0, last: 0, news: 0 };
  return {
    name: 'new-value',
    get seen() {
      return state.seen;
    },
    needed: 0,
    score(fresh) {
      if (!isKnown(fresh, options)) return null;
      const days = state.seen === 0 ? 0 : Math.max(0, fresh.time - state.since) / DAY_MS;
      const recent = isRecent(state, fresh) ? 1 : 0;
      const timesADay = ((state.news + 0.5) * (1 + recent)) / (days + options.creditDays);
      return reading(fresh, confidenceOf(timesADay, alarmsPerDay));
    },
    learn(fresh) {
      if (!Number.isFinite(fresh.time)) return;
      if (state.seen === 0) state.since = fresh.time;
      state.seen += 1;
      if (!isKnown(fresh, options)) return;
      if (!isRecent(state, fresh)) state.news += 1;
      state.last = fresh.time;
    },
    snapshot: () => Float64Array.of(state.seen, state.since, state.last, state.news),
    restore([seen = 0, since = 0, last = 0, news = 0]) {
      Object.assign(state, { seen, since, last, news });
    },
  };
}

function isKnown({ time, since, learned }: FreshValue, { messages, minutes }: NewValueOptions): boolean {
  return learned >= messages && time - since >= minutes * 60_000;
}

/** One fault brings several new values. */
function isRecent({ news, last }: State, { time }: FreshValue): boolean {
  return news > 0 && Math.abs(time - last) < HOUR_MS;
}

function reading({ field, value, usual, learned }: FreshValue, score: number): Reading {
  return { detector: 'new-value', score, evidence: { kind: 'new_value', field, value, usual, learned } };
}
