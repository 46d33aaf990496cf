import { SIZES, type Size } from './anomalies.ts';
import type { Group, HostState } from './host-metrics.ts';
import { between, integerBetween, type Random } from './random.ts';

export const FAULT_NAMES = [
  'spike of one',
  'shift of one',
  'several weakly',
  'correlation broken',
  'load without cpu',
  'cpu without load',
  'surge',
  'memory leak',
  'freeze',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/** What a metric has at one row of a fault: another state, a shift in deviations of its own noise, or its last value. */
export interface Effect {
  readonly state: HostState;
  readonly shift: number;
  readonly isHeld: boolean;
}

export interface Fault {
  /** In rows, at least 1. */
  readonly length: number;
  /** Of the metric with this number, at the `i`th row. */
  readonly effect: (metric: number, state: HostState, i: number) => Effect;
}

export interface FaultPlace {
  readonly random: Random;
  /** What each metric of the host depends on. */
  readonly groups: readonly Group[];
  /** Rows that there is room for. */
  readonly most: number;
  /** Loads of another time of the day, the `i`th row of it. */
  readonly otherLoad: (i: number) => number;
}

interface Kind {
  /** Weak, medium, strong. */
  readonly sizes: Readonly<Record<Size, number>>;
  readonly make: (size: number, place: FaultPlace) => Fault;
}

const FAULTS: Readonly<Record<FaultName, Kind>> = {
  /** Deviations of its noise. */
  'spike of one': {
    sizes: { weak: 8, medium: 14, strong: 25 },
    make: (size, place) => shifted(size, [oneOf(place)], integerBetween(place.random, 1, 3), place),
  },
  'shift of one': {
    sizes: { weak: 3, medium: 6, strong: 12 },
    make: (size, place) => shifted(size, [oneOf(place)], lengthOf(place, 30, 200), place),
  },
  /** A third to two thirds of all metrics, each in a direction of its own. */
  'several weakly': {
    sizes: { weak: 1, medium: 2, strong: 3 },
    make(size, place) {
      const share = between(place.random, 0.33, 0.67);
      const chosen = moving(place).filter(() => place.random() < share);
      return shifted(size, chosen.length < 2 ? moving(place) : chosen, lengthOf(place, 20, 150), place);
    },
  },
  /** The share of the metrics driven by load that show the load of another time. */
  'correlation broken': {
    sizes: { weak: 0.2, medium: 0.4, strong: 0.6 },
    make(size, place) {
      const driven = numbersOf(place, ['load', 'cpu']);
      const count = Math.max(1, Math.round(size * driven.length));
      const chosen = new Set(shuffled(driven, place.random).slice(0, count));
      return {
        length: lengthOf(place, 30, 200),
        effect: (metric, state, i) =>
          ordinary(chosen.has(metric) ? { ...state, load: place.otherLoad(i) } : state),
      };
    },
  },
  /** The share of its load that the processor no longer sees. */
  'load without cpu': {
    sizes: { weak: 0.4, medium: 0.7, strong: 0.95 },
    make: (size, place) => ofCpu((load) => load * (1 - size), place),
  },
  /** So many times the load, for the processor alone. */
  'cpu without load': {
    sizes: { weak: 1.5, medium: 2, strong: 3 },
    make: (size, place) => ofCpu((load) => load * size, place),
  },
  /** So many times the load, for all. */
  surge: {
    sizes: { weak: 1.7, medium: 2.5, strong: 4 },
    make: (size, place) => ({
      length: lengthOf(place, 15, 120),
      effect: (_, state) => ordinary({ ...state, load: state.load * size }),
    }),
  },
  /** Share of all memory, at its end. */
  'memory leak': {
    sizes: { weak: 0.05, medium: 0.15, strong: 0.4 },
    make(size, place) {
      const length = lengthOf(place, 100, 500);
      return {
        length,
        effect: (_, state, i) => ordinary({ ...state, leak: (size * (i + 1)) / length }),
      };
    },
  },
  /** So many rows in which no number moves. */
  freeze: {
    sizes: { weak: 10, medium: 25, strong: 60 },
    make: (length) => ({ length, effect: (_, state) => ({ state, shift: 0, isHeld: true }) }),
  },
};

/** A fault of any kind that this host can have. */
export function anyFault(place: FaultPlace): Fault & { readonly name: FaultName; readonly size: Size } {
  const name = FAULT_NAMES[integerBetween(place.random, 0, FAULT_NAMES.length - 1)] ?? 'surge';
  const size = SIZES[integerBetween(place.random, 0, SIZES.length - 1)] ?? 'medium';
  const { sizes, make } = FAULTS[name];
  return { name, size, ...make(sizes[size], place) };
}

function ordinary(state: HostState): Effect {
  return { state, shift: 0, isHeld: false };
}

function lengthOf({ random, most }: FaultPlace, least: number, longest: number): number {
  return Math.min(most, integerBetween(random, least, longest));
}

function numbersOf({ groups }: FaultPlace, wanted: readonly Group[]): readonly number[] {
  return groups.flatMap((group, metric) => (wanted.includes(group) ? [metric] : []));
}

/** Metrics that can be shifted. */
function moving(place: FaultPlace): readonly number[] {
  return numbersOf(place, ['load', 'cpu', 'memory', 'disk', 'own']);
}

function oneOf(place: FaultPlace): number {
  const all = moving(place);
  return all[integerBetween(place.random, 0, all.length - 1)] ?? 0;
}

function shuffled(numbers: readonly number[], random: Random): readonly number[] {
  return numbers
    .map((number) => ({ number, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ number }) => number);
}

function shifted(size: number, metrics: readonly number[], length: number, { random }: FaultPlace): Fault {
  const shifts = new Map(metrics.map((metric) => [metric, random() < 0.7 ? size : -size]));
  return {
    length,
    effect: (metric, state) => ({ state, shift: shifts.get(metric) ?? 0, isHeld: false }),
  };
}

function ofCpu(seen: (load: number) => number, place: FaultPlace): Fault {
  const cpu = new Set(numbersOf(place, ['cpu']));
  return {
    length: lengthOf(place, 20, 150),
    effect: (metric, state) => ordinary(cpu.has(metric) ? { ...state, load: seen(state.load) } : state),
  };
}
