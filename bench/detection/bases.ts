import { autoregressive, daily } from './processes.ts';
import { between, logBetween, negativeBinomial, normal, type Random, studentT } from './random.ts';

/** What is different at one moment. */
export interface Conditions {
  /** Added to the level, in standard deviations of the base's own noise. */
  readonly shift: number;
  /** The noise times so much; 0 for exactly the shifted level. */
  readonly spread: number;
  /** The daily cycle as of so many ms later, and times so much. */
  readonly ahead: number;
  readonly swing: number;
}

export const ORDINARY: Conditions = { shift: 0, spread: 1, ahead: 0, swing: 1 };

/** The value of a base at a time, epoch ms, under these conditions. To be asked once a point, in order. */
export type Base = (time: number, conditions: Conditions) => number;

export const BASE_NAMES = [
  'white',
  'autoregressive',
  'heavy-tailed',
  'seasonal',
  'counts',
  'sparse',
  'percent',
] as const;
export type BaseName = (typeof BASE_NAMES)[number];

export const BASES: Readonly<Record<BaseName, (random: Random) => Base>> = {
  white: (random) => noisy(random, () => normal(random)),
  autoregressive: (random) => noisy(random, autoregressive(random, between(random, 0.5, 0.95))),
  /** Student's t with 3 degrees of freedom has a variance of 3. */
  'heavy-tailed': (random) => noisy(random, () => studentT(random, 3) / Math.sqrt(3)),
  seasonal,
  counts: (random) => counted(random, logBetween(random, 30, 300), between(random, 1, 3)),
  sparse: (random) => counted(random, between(random, 0.1, 0.25), 2.5),
  percent,
};

function noisy(random: Random, noise: () => number): Base {
  const level = logBetween(random, 10, 1e4);
  const deviation = level * logBetween(random, 0.03, 0.1);
  return (_, { shift, spread }) => level + deviation * (shift + spread * noise());
}

/** A day's swing of 4 to 10 deviations to each side. */
function seasonal(random: Random): Base {
  const course = daily(random);
  const level = logBetween(random, 10, 1e4);
  const deviation = level * logBetween(random, 0.02, 0.06);
  const height = between(random, 4, 10);
  return (time, { shift, spread, ahead, swing }) =>
    level + deviation * (height * swing * course(time + ahead) + shift + spread * normal(random));
}

/** Whole numbers whose variance is so many times their mean. */
function counted(random: Random, usual: number, dispersion: number): Base {
  const deviation = Math.sqrt(usual * dispersion);
  return (_, { shift, spread }) => {
    const mean = Math.max(0, usual + shift * deviation);
    return spread === 0 ? Math.round(mean) : negativeBinomial(random, mean, mean * dispersion * spread ** 2);
  };
}

/** A gauge in whole percent, with a mild daily cycle. */
function percent(random: Random): Base {
  const level = between(random, 20, 40);
  const deviation = between(random, 1.5, 4);
  const course = daily(random);
  const next = autoregressive(random, between(random, 0.3, 0.9));
  return (time, { shift, spread, ahead, swing }) => {
    const noise = swing * course(time + ahead) + shift + spread * next();
    return Math.round(Math.max(0, Math.min(100, level + deviation * noise)));
  };
}
