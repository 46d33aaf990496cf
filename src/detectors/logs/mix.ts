import { z } from 'zod';
import { ALARMS_PER_DAY, type Reading } from '../../domain/detection.ts';
import { confidenceOf } from '../calibration/fuse.ts';
import { Tail } from '../calibration/tail.ts';
import type { Detector } from '../detector.ts';
import { numbersOf } from '../memory/numbers.ts';

export const mixOptions = z.object({
  warmUp: z.number().int().min(20).default(60).describe('Windows before it speaks.'),
  least: z.number().min(0).max(1).default(0.05).describe('A smaller divergence is not worth a word.'),
});
export type MixOptions = z.infer<typeof mixOptions>;

/** What a source wrote in a window of some hundred records. */
export interface Mix {
  /** Epoch ms. */
  readonly time: number;
  /** Records by message. */
  readonly counts: ReadonlyMap<number, number>;
  readonly textOf: (message: number) => string;
}

export interface MixDetector extends Detector<Mix> {
  /** The message whose share differs most from its usual one. */
  most(mix: Mix): number;
}

/** Messages that are told apart; those that come later are one. */
const MOST_MESSAGES = 400;
const OTHERS = -1;
/** Share of a new window in the usual mix and divergence, once there are many; what is below `FORGOTTEN` of it is none. */
const FADING = 1 / 60;
const FORGOTTEN = 1e-5;
/** A divergence below this says nothing, however small the usual one is. */
const LEAST_USUAL = 0.002;
const DAY_MS = 86_400_000;

interface State {
  seen: number;
  /** Usual divergence, bits. */
  usual: number;
  /** Opinions on the two windows before, the newer first, times a day: a change is one when it stays. */
  before: number;
  beforeThat: number;
  /** Usual share by message. */
  readonly shares: Map<number, number>;
}

/**
 * Jensen-Shannon divergence (Lin 1991) of what a source writes from what it usually writes, in bits 0..1, against how far
 * it has diverged before. A change is told when it stays for three windows.
 */
export function mix(
  options: MixOptions = mixOptions.parse({}),
  alarmsPerDay: number = ALARMS_PER_DAY.normal,
): MixDetector {
  const state: State = { seen: 0, usual: 0, before: NEVER, beforeThat: NEVER, shares: new Map() };
  const tail = new Tail();
  const timesADay = (divergence: number) => tail.timesADay(divergence / Math.max(LEAST_USUAL, state.usual));

  return {
    name: 'mix',
    get seen() {
      return state.seen;
    },
    needed: options.warmUp,
    most: (window) => compare(state, window).most,
    score(window) {
      if (state.seen < options.warmUp || tail.elapsed < DAY_MS) return null;
      const compared = compare(state, window);
      const { divergence } = compared;
      if (divergence < options.least) return null;
      const believed = Math.max(timesADay(divergence), state.before, state.beforeThat);
      return reading(state, window, compared, confidenceOf(believed, alarmsPerDay));
    },
    learn(window) {
      if (!Number.isFinite(window.time)) return;
      const { divergence, counts, total } = compare(state, window);
      if (total === 0) return;
      state.beforeThat = state.before;
      state.before = Math.min(NEVER, timesADay(divergence));
      if (state.seen > 0) tail.learnAt(divergence / Math.max(LEAST_USUAL, state.usual), window.time);
      take(state, { divergence, counts, total });
    },
    snapshot: () =>
      numbersOf((to) => {
        to.addAll([state.seen, state.usual, state.before, state.beforeThat, state.shares.size]);
        for (const [message, share] of state.shares) to.addAll([message, share]);
        tail.write(to);
      }),
    restore(numbers) {
      const [seen = 0, usual = 0, before = NEVER, beforeThat = NEVER, size = 0] = numbers;
      Object.assign(state, { seen, usual, before, beforeThat });
      state.shares.clear();
      const end = 5 + 2 * size;
      for (let at = 5; at < end; at += 2) state.shares.set(numbers[at] ?? 0, numbers[at + 1] ?? 0);
      tail.restore(numbers.subarray(end));
    },
  };
}

/** Times a day that stand for what one cannot say. */
const NEVER = 1e9;

interface Counted {
  /** By messages that are told apart. */
  readonly counts: ReadonlyMap<number, number>;
  readonly total: number;
}

interface Compared extends Counted {
  readonly divergence: number;
  readonly most: number;
}

function compare(state: State, window: Mix): Compared {
  const { shares } = state;
  const { counts, total } = counted(shares, window.counts);
  let divergence = 0;
  let most = OTHERS;
  let largest = 0;
  const add = (message: number, now: number, usual: number) => {
    const part = divergenceOf(now, usual);
    divergence += part;
    if (part <= largest) return;
    largest = part;
    most = message;
  };
  for (const [message, share] of shares) add(message, (counts.get(message) ?? 0) / Math.max(1, total), share);
  for (const [message, count] of counts) if (!shares.has(message)) add(message, count / total, 0);
  return { divergence: Math.min(1, divergence), most, counts, total };
}

function counted(shares: ReadonlyMap<number, number>, raw: ReadonlyMap<number, number>): Counted {
  const counts = new Map<number, number>();
  let total = 0;
  let room = MOST_MESSAGES - shares.size;
  for (const [message, count] of raw) {
    if (!Number.isFinite(count) || count <= 0) continue;
    const isKnown = shares.has(message);
    if (!isKnown) room -= 1;
    const key = isKnown || room > 0 ? message : OTHERS;
    counts.set(key, (counts.get(key) ?? 0) + count);
    total += count;
  }
  return { counts, total };
}

function divergenceOf(now: number, usual: number): number {
  const mean = (now + usual) / 2;
  return (bits(now, mean) + bits(usual, mean)) / 2;
}

function bits(share: number, mean: number): number {
  return share === 0 ? 0 : share * Math.log2(share / mean);
}

function take(state: State, { divergence, counts, total }: Omit<Compared, 'most'>): void {
  const { shares } = state;
  state.seen += 1;
  const share = Math.max(1 / state.seen, FADING);
  if (state.seen > 1) state.usual += Math.max(1 / (state.seen - 1), FADING) * (divergence - state.usual);
  for (const [message, usual] of shares) {
    const next = usual + share * ((counts.get(message) ?? 0) / total - usual);
    if (next < FORGOTTEN) shares.delete(message);
    else shares.set(message, next);
  }
  for (const [message, count] of counts)
    if (!shares.has(message)) shares.set(message, (share * count) / total);
}

function reading(state: State, window: Mix, compared: Compared, score: number): Reading {
  const { divergence, most, counts, total } = compared;
  return {
    detector: 'mix',
    score,
    evidence: {
      kind: 'mix',
      divergence,
      usualDivergence: state.usual,
      template: most === OTHERS ? '' : window.textOf(most),
      share: (counts.get(most) ?? 0) / Math.max(1, total),
      usualShare: state.shares.get(most) ?? 0,
      learned: state.seen,
    },
  };
}
