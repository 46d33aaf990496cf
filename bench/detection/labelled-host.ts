import { type Size } from './anomalies.ts';
import { anyFault, type Effect, type Fault, type FaultName } from './host-faults.ts';
import { type HostMetric, type HostState, METRIC_KINDS, type MetricKind } from './host-metrics.ts';
import type { Window } from './metrics.ts';
import { autoregressive, type Course, DAY, daily, START, weekly } from './processes.ts';
import { between, integerBetween, logBetween, type Random, seeded } from './random.ts';

/** The metrics of one host, row by row, of which it is known when something is wrong. */
export interface LabelledHost {
  /** Names of the metrics. */
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  readonly days: number;
  /** A value a metric, in order; to be read once. */
  readonly rows: Iterable<HostRow>;
  readonly truth: readonly HostLabel[];
}

export interface HostRow {
  /** Epoch ms. */
  readonly time: number;
  readonly values: readonly number[];
}

export interface HostLabel extends Window {
  readonly fault: FaultName;
  readonly size: Size;
}

export interface HostShape {
  readonly metrics: number;
  readonly intervalMs: number;
  readonly days: number;
  /** All metrics have one load in common, or each has its own. */
  readonly shared: boolean;
  /** Faults at most. */
  readonly faults: number;
}

/** A host of this shape; the same for the same seeds. Faults lie in its last two thirds. */
export function labelledHost(shape: HostShape, ...seeds: readonly number[]): LabelledHost {
  const random = seeded(...seeds);
  const { intervalMs, days } = shape;
  const length = Math.floor((days * DAY) / intervalMs);
  const kinds = kindsOf(shape.metrics, random);
  const placed = placeFaults(random, kinds, shape, length);
  const timeOf = (i: number) => START + i * intervalMs;
  return {
    metrics: kinds.map(({ name }) => name),
    intervalMs,
    days,
    rows: rowsOf(random, kinds, placed, { ...shape, length }),
    truth: placed.map(({ name: fault, size, from, to }) => ({
      fault,
      size,
      start: timeOf(from),
      end: timeOf(to - 1),
    })),
  };
}

interface NamedKind extends MetricKind {
  readonly name: string;
}

/** The first kinds in their order; more than there are begin again. */
function kindsOf(count: number, random: Random): readonly NamedKind[] {
  const all = Object.entries(METRIC_KINDS).map(([name, kind]) => ({ name, ...kind }));
  const first = random() < 0.5 ? 0 : integerBetween(random, 0, 2);
  return Array.from({ length: count }, (_, i) => all[(first + i) % all.length])
    .filter((kind) => kind !== undefined)
    .map((kind, i) => ({ ...kind, name: `${kind.name} ${i}` }));
}

type Placed = Fault & {
  readonly name: FaultName;
  readonly size: Size;
  /** Rows, `to` not included. */
  readonly from: number;
  readonly to: number;
};

/** Each fault has a slot of its own, a fifth of which stays ordinary at its end. */
function placeFaults(
  random: Random,
  kinds: readonly NamedKind[],
  { faults, intervalMs }: HostShape,
  length: number,
): readonly Placed[] {
  const count = integerBetween(random, Math.min(1, faults), faults);
  const first = Math.ceil(length / 3);
  const slot = Math.floor((length - first) / Math.max(1, count));
  const groups = kinds.map(({ group }) => group);
  return Array.from({ length: count }, (_, k) => {
    const most = Math.floor(0.8 * slot);
    const course = loadOf(random, intervalMs);
    const begin = START + integerBetween(random, 0, 6) * DAY + integerBetween(random, 0, 23) * (DAY / 24);
    const otherLoad = once((i) => course(begin + i * intervalMs));
    const fault = anyFault({ random, groups, most, otherLoad });
    const from = first + k * slot + integerBetween(random, 0, most - fault.length);
    return { ...fault, from, to: from + fault.length };
  });
}

/** All metrics that ask in the same row get the same. */
function once(of: (i: number) => number): (i: number) => number {
  let row = -1;
  let known = 0;
  return (i) => {
    if (i !== row) known = of(i);
    row = i;
    return known;
  };
}

interface Making extends HostShape {
  readonly length: number;
}

/** Made as it is read, so that its length costs no memory. */
function* rowsOf(
  random: Random,
  kinds: readonly NamedKind[],
  placed: readonly Placed[],
  { intervalMs, shared, length }: Making,
): Generator<HostRow> {
  const metrics = kinds.map(({ make }) => make(random, intervalMs));
  const one = statesOf(random, intervalMs);
  const states = metrics.map(() => (shared ? one : statesOf(random, intervalMs)));
  let last: readonly number[] = [];
  for (let i = 0; i < length; i += 1) {
    const time = START + i * intervalMs;
    const fault = placed.find(({ from, to }) => i >= from && i < to);
    const common = one(time);
    const before = last;
    last = metrics.map((metric, number) => {
      const state = shared ? common : (states[number]?.(time) ?? common);
      const effect = fault?.effect(number, state, i - fault.from) ?? { state, shift: 0, isHeld: false };
      return valueOf(metric, effect, before[number]);
    });
    yield { time, values: last };
  }
}

function valueOf(metric: HostMetric, { state, shift, isHeld }: Effect, before: number | undefined): number {
  const value = metric(state, shift);
  return isHeld && before !== undefined ? before : value;
}

/** Days and weeks of users, unrest of some minutes and of some hours, as a share of the usual. */
function loadOf(random: Random, intervalMs: number): Course {
  const course = daily(random);
  const swing = between(random, 0.2, 0.7);
  const week = weekly(between(random, 0.7, 1));
  const minutes = autoregressive(random, Math.exp(-intervalMs / (between(random, 2, 15) * 60_000)));
  const hours = autoregressive(random, Math.exp(-intervalMs / (between(random, 1, 4) * 3_600_000)));
  const unrest = [between(random, 0.02, 0.12), between(random, 0.02, 0.1)] as const;
  return (time) =>
    week(time) * (1 + swing * course(time)) * Math.exp(unrest[0] * minutes() + unrest[1] * hours());
}

/** A host's ordinary life: its load, batch work some times a day, and a restart now and then. */
function statesOf(random: Random, intervalMs: number): (time: number) => HostState {
  const load = loadOf(random, intervalMs);
  const begins = (intervalMs * between(random, 1, 6)) / DAY;
  const ends = intervalMs / (between(random, 3, 30) * 60_000);
  const restarts = random() < 0.5 ? 0 : intervalMs / (between(random, 3, 12) * DAY);
  let batch = 0;
  let up = logBetween(random, DAY / 24, 10 * DAY);
  return (time) => {
    up = random() < restarts ? 0 : up + intervalMs;
    if (batch > 0 && random() < ends) batch = 0;
    else if (batch === 0 && random() < begins) batch = between(random, 0.3, 1);
    return { time, load: load(time), batch, up, leak: 0 };
  };
}
