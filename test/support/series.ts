import { sequence } from './log-lines.ts';

/** Kinds of normal series: a value for each bucket of ten seconds. */
export type NormalSeries = (seed: number) => (bucket: number) => number;

/** Standard normal numbers (Box and Muller). */
export function gaussian(seed: number): () => number {
  const random = sequence(seed);
  return () => Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}

const DAY = 8640;

export const NORMAL: Readonly<Record<string, NormalSeries>> = {
  gaussian: (seed) => {
    const noise = gaussian(seed);
    return () => 50 + 5 * noise();
  },
  'heavy-tailed': (seed) => {
    const random = sequence(seed);
    return () => (random() + 1e-9) ** (-1 / 1.5);
  },
  lognormal: (seed) => {
    const noise = gaussian(seed);
    return () => Math.exp(2 + 0.8 * noise());
  },
  daily: (seed) => {
    const noise = gaussian(seed);
    return (bucket) => 100 + 40 * Math.sin((bucket * 2 * Math.PI) / DAY) + 5 * noise();
  },
  integer: (seed) => {
    const random = sequence(seed);
    return () => Math.floor(random() * 4) + Math.floor(random() * 3);
  },
  '90% zeros': (seed) => {
    const random = sequence(seed);
    return () => (random() < 0.9 ? 0 : 1 + Math.floor(random() * 4));
  },
  autocorrelated: (seed) => {
    const noise = gaussian(seed);
    let value = 0;
    return () => {
      value = 0.8 * value + noise();
      return 20 + value;
    };
  },
  spiky: (seed) => {
    const random = sequence(seed);
    return () => (random() < 0.01 ? 500 * random() : 5 + random());
  },
  constant: () => () => 5,
};
