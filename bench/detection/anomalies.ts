import { type BaseName, type Conditions, ORDINARY } from './bases.ts';
import { DAY } from './processes.ts';
import { between, integerBetween, type Random } from './random.ts';

export const SIZES = ['weak', 'medium', 'strong'] as const;
export type Size = (typeof SIZES)[number];

export const ANOMALY_NAMES = [
  'spike',
  'burst of spikes',
  'level up',
  'level down',
  'drift',
  'variance',
  'season broken',
  'frequency',
  'missing',
  'flat line',
] as const;
export type AnomalyName = (typeof ANOMALY_NAMES)[number];

/** What it is like at the `i`th of its points: other conditions, the value before it again, or no point. */
export type Effect = (i: number) => Conditions | 'same' | 'missing';

export interface Anomaly {
  /** In points; at least 1. */
  readonly length: number;
  readonly effect: Effect;
}

export interface Place {
  readonly random: Random;
  readonly base: BaseName;
  readonly intervalMs: number;
  /** Points that there is room for. */
  readonly most: number;
}

interface Kind {
  /** Bases in which it would be ordinary life, or nothing at all. */
  readonly not: readonly BaseName[];
  /** Weak, medium, strong; in standard deviations of the base's own noise unless the kind says otherwise. */
  readonly sizes: Readonly<Record<Size, number>>;
  readonly make: (size: number, place: Place) => Anomaly;
}

export const ANOMALIES: Readonly<Record<AnomalyName, Kind>> = {
  spike: {
    not: [],
    sizes: { weak: 5, medium: 8, strong: 15 },
    make(size, place) {
      const shift = size * direction(place);
      return { length: 1, effect: () => ({ ...ORDINARY, shift, spread: 0 }) };
    },
  },
  'burst of spikes': {
    not: [],
    sizes: { weak: 4, medium: 6, strong: 10 },
    make(size, { random }) {
      const length = 30;
      const isSpike = (i: number) => i === 0 || i === length - 1 || random() < 0.25;
      return { length, effect: (i) => (isSpike(i) ? { ...ORDINARY, shift: size, spread: 0 } : ORDINARY) };
    },
  },
  'level up': { not: [], sizes: { weak: 2, medium: 4, strong: 8 }, make: level },
  'level down': {
    not: ['sparse'],
    sizes: { weak: 2, medium: 4, strong: 8 },
    make: (size, place) => level(-size, place),
  },
  /** The size is that at its end. */
  drift: {
    not: [],
    sizes: { weak: 3, medium: 6, strong: 12 },
    make(size, place) {
      const length = lengthOf(place, 100, 600);
      const whole = size * direction(place);
      return { length, effect: (i) => ({ ...ORDINARY, shift: (whole * (i + 1)) / length }) };
    },
  },
  /** The size is what the noise is multiplied by. */
  variance: {
    not: ['sparse'],
    sizes: { weak: 2, medium: 3, strong: 5 },
    make: (spread, place) => ({ length: lengthOf(place, 40, 400), effect: () => ({ ...ORDINARY, spread }) }),
  },
  /** For six hours to a day; the size is the share of the cycle that is lost, or of half a day that it comes early. */
  'season broken': {
    not: ['white', 'autoregressive', 'heavy-tailed', 'counts', 'sparse', 'percent'],
    sizes: { weak: 0.4, medium: 0.7, strong: 1 },
    make(size, place) {
      const length = lengthOf(place, DAY / 4 / place.intervalMs, DAY / place.intervalMs);
      const broken =
        place.random() < 0.5 ? { ...ORDINARY, swing: 1 - size } : { ...ORDINARY, ahead: (size * DAY) / 2 };
      return { length, effect: () => broken };
    },
  },
  /** A cycle that runs so many times as fast; or noise of which one in so many parts is left, the rest turns into an oscillation. */
  frequency: {
    not: ['sparse'],
    sizes: { weak: 2, medium: 4, strong: 8 },
    make: (size, place) => (place.base === 'seasonal' ? faster(size, place) : oscillation(size, place)),
  },
  /** The size is the number of points. */
  missing: {
    not: [],
    sizes: { weak: 20, medium: 60, strong: 200 },
    make: (length) => ({ length, effect: () => 'missing' }),
  },
  /** The size is the number of points. */
  'flat line': {
    not: ['sparse'],
    sizes: { weak: 20, medium: 60, strong: 200 },
    make: (length) => ({ length, effect: () => 'same' }),
  },
};

/** Up where down soon ends at 0. */
function direction({ random, base }: Place): 1 | -1 {
  const onlyUp = base === 'counts' || base === 'sparse' || base === 'percent';
  return onlyUp || random() < 0.5 ? 1 : -1;
}

function lengthOf({ random, most }: Place, least: number, longest: number): number {
  return Math.min(most, integerBetween(random, least, longest));
}

function level(shift: number, place: Place): Anomaly {
  return { length: lengthOf(place, 40, 400), effect: () => ({ ...ORDINARY, shift }) };
}

function faster(times: number, place: Place): Anomaly {
  const { intervalMs } = place;
  const length = lengthOf(place, DAY / 4 / intervalMs, DAY / intervalMs);
  return { length, effect: (i) => ({ ...ORDINARY, ahead: (times - 1) * i * intervalMs }) };
}

/** As much variance as before, now at one frequency; counts keep at least Poisson's own beside it. */
function oscillation(parts: number, place: Place): Anomaly {
  const period = between(place.random, 6, 24);
  const height = Math.sqrt(2 * (1 - 1 / parts));
  const spread = Math.sqrt(1 / parts);
  const effect = (i: number) => ({
    ...ORDINARY,
    shift: height * Math.sin((2 * Math.PI * i) / period),
    spread,
  });
  return { length: lengthOf(place, 40, 400), effect };
}
