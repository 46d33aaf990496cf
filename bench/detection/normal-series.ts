import { autoregressive, type Course, DAY, daily, START, weekly } from './processes.ts';
import {
  between,
  integerBetween,
  logBetween,
  lognormal,
  negativeBinomial,
  normal,
  poisson,
  type Random,
  seeded,
  studentT,
} from './random.ts';

export interface Sample {
  /** Epoch ms. */
  readonly time: number;
  readonly value: number;
}

export interface NormalSeries {
  /** One of `NORMAL_KINDS`. */
  readonly kind: string;
  readonly seeds: readonly number[];
  readonly intervalMs: number;
  readonly days: number;
}

/** A series as production has them and in which nothing is wrong. Made as it is read, so that its length costs no memory. */
export function* normalSeries({ kind, seeds, intervalMs, days }: NormalSeries): Generator<Sample> {
  const make = MAKERS[kind];
  if (make === undefined) throw new RangeError(`no kind ${kind}: there are ${NORMAL_KINDS.join(', ')}`);
  const random = seeded(...seeds);
  const valueAt = make(random, intervalMs);
  const start = START + integerBetween(random, 0, 6) * DAY;
  const points = Math.floor((days * DAY) / intervalMs);
  for (let i = 0; i < points; i += 1) {
    const time = start + i * intervalMs;
    yield { time, value: valueAt(time) };
  }
}

type Make = (random: Random, intervalMs: number) => Course;

const MAKERS: Readonly<Record<string, Make>> = {
  white(random) {
    const { level, noise } = scale(random);
    return () => level + noise * normal(random);
  },
  autoregressive(random) {
    const { level, noise } = scale(random);
    const next = autoregressive(random, between(random, 0.5, 0.98));
    return () => level + noise * next();
  },
  'heavy-tailed': (random) => (random() < 0.5 ? studentNoise(random) : lognormalNoise(random)),
  daily(random) {
    const { level, noise } = scale(random);
    const course = daily(random);
    const swing = between(random, 0.1, 0.8) * level;
    return (time) => level + swing * course(time) + noise * normal(random);
  },
  weekly(random) {
    const level = logBetween(random, 1, 1e4);
    const course = traffic(random);
    const sigma = between(random, 0.03, 0.3);
    return (time) => level * course(time) * lognormal(random, 0, sigma);
  },
  'request rate'(random, intervalMs) {
    const usual = logBetween(random, 0.05, 50) * (intervalMs / 1000);
    const course = traffic(random);
    return (time) => poisson(random, usual * course(time));
  },
  'mostly zeros'(random) {
    const zeros = between(random, 0.85, 0.95);
    const more = logBetween(random, 0.1, 3);
    return () => (random() < zeros ? 0 : 1 + negativeBinomial(random, more, 2 * more));
  },
  'random walk'(random) {
    const { level, noise } = scale(random);
    let value = level;
    return () => {
      value += 0.1 * noise * normal(random);
      return value;
    };
  },
  percent(random) {
    const level = between(random, 10, 98);
    const swing = between(random, 0, 15);
    const course = daily(random);
    const noise = between(random, 1, 12);
    const next = autoregressive(random, between(random, 0.3, 0.95));
    return (time) => Math.round(Math.max(0, Math.min(100, level + swing * course(time) + noise * next())));
  },
  latency(random) {
    const level = logBetween(random, 1, 1000);
    const next = autoregressive(random, between(random, 0.3, 0.9));
    const sigma = between(random, 0.1, 0.6);
    return () => level * Math.exp(sigma * next()) * lognormal(random, 0, 0.05);
  },
  quantised: (random, intervalMs) => (random() < 0.5 ? steps(random, intervalMs) : coarse(random)),
};

export const NORMAL_KINDS: readonly string[] = Object.keys(MAKERS);

/** Any unit, and noise of 1 to 30 percent. */
function scale(random: Random): { readonly level: number; readonly noise: number } {
  const level = logBetween(random, 1, 1e4);
  return { level, noise: level * logBetween(random, 0.01, 0.3) };
}

function studentNoise(random: Random): Course {
  const { level, noise } = scale(random);
  return () => level + noise * studentT(random, 3);
}

function lognormalNoise(random: Random): Course {
  const mu = Math.log(logBetween(random, 1, 1e4));
  const sigma = between(random, 0.3, 1.2);
  return () => lognormal(random, mu, sigma);
}

/** Days and weeks of users, as a share of the usual, above 0. */
function traffic(random: Random): Course {
  const course = daily(random);
  const swing = between(random, 0.2, 0.8);
  const week = weekly(between(random, 0.3, 0.9));
  return (time) => week(time) * (1 + swing * course(time));
}

/** Replicas or workers: a number that stays for minutes to hours and then is one of its neighbours. */
function steps(random: Random, intervalMs: number): Course {
  const most = integerBetween(random, 1, 8);
  const leaves = intervalMs / (logBetween(random, 10, 300) * 60_000);
  let value = integerBetween(random, 1, most);
  return () => {
    if (random() < leaves) value = Math.max(1, Math.min(most, value + (random() < 0.5 ? 1 : -1)));
    return value;
  };
}

/** A sensor whose smallest step is about its noise. */
function coarse(random: Random): Course {
  const level = between(random, 5, 100);
  const noise = between(random, 0.3, 2);
  const next = autoregressive(random, between(random, 0, 0.95));
  return () => Math.round(level + noise * next());
}
