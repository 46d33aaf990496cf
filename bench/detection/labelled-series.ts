import {
  ANOMALIES,
  ANOMALY_NAMES,
  type Anomaly,
  type AnomalyName,
  type Effect,
  SIZES,
  type Size,
} from './anomalies.ts';
import { BASE_NAMES, BASES, type BaseName, ORDINARY } from './bases.ts';
import type { Window } from './metrics.ts';
import type { Sample } from './normal-series.ts';
import { DAY, START } from './processes.ts';
import { integerBetween, pick, type Random, seeded } from './random.ts';

/** A series of which it is known when something is wrong. */
export interface LabelledSeries {
  readonly base: BaseName;
  readonly intervalMs: number;
  readonly days: number;
  readonly samples: readonly Sample[];
  readonly truth: readonly Label[];
}

/** Of missing points the window ends with the first that comes again: only then can they be missed. */
export interface Label extends Window {
  readonly anomaly: AnomalyName;
  readonly size: Size;
}

const SAMPLINGS = [
  { intervalMs: 10_000, days: 4 },
  { intervalMs: 60_000, days: 14 },
  { intervalMs: 300_000, days: 14 },
] as const;

/** The `n`th series: bases and samplings in turn, up to three anomalies of any kind and size in its last two thirds. */
export function labelledSeries(seed: number, n: number): LabelledSeries {
  const random = seeded(seed, n);
  const base = BASE_NAMES[n % BASE_NAMES.length] ?? 'white';
  const sampling = SAMPLINGS[Math.floor(n / BASE_NAMES.length) % SAMPLINGS.length] ?? SAMPLINGS[0];
  const { intervalMs, days } = sampling;
  const length = Math.floor((days * DAY) / intervalMs);
  const placed = placeAnomalies(random, base, { intervalMs, length });
  const timeOf = (i: number) => START + i * intervalMs;
  const truth = placed.map(({ anomaly, size, from, to }) => {
    const last = anomaly === 'missing' ? to : to - 1;
    return { anomaly, size, start: timeOf(from), end: timeOf(last) };
  });
  return { base, intervalMs, days, samples: samplesOf(random, base, placed, { length, timeOf }), truth };
}

interface Placed {
  readonly anomaly: AnomalyName;
  readonly size: Size;
  readonly effect: Effect;
  /** Points, `to` not included. */
  readonly from: number;
  readonly to: number;
}

/** Each anomaly has a slot of its own, a fifth of which stays ordinary at its end. */
function placeAnomalies(
  random: Random,
  base: BaseName,
  { intervalMs, length }: { readonly intervalMs: number; readonly length: number },
): readonly Placed[] {
  const count = integerBetween(random, 0, 3);
  const first = Math.ceil(length / 3);
  const slot = Math.floor((length - first) / Math.max(1, count));
  return Array.from({ length: count }, (_, k) => {
    const anomaly = anyOf(random, base);
    const size = pick(random, SIZES);
    const kind = ANOMALIES[anomaly];
    const room = Math.floor(0.8 * slot);
    const made: Anomaly = kind.make(kind.sizes[size], { random, base, intervalMs, most: room });
    const from = first + k * slot + integerBetween(random, 0, room - made.length);
    return { anomaly, size, effect: made.effect, from, to: from + made.length };
  });
}

function anyOf(random: Random, base: BaseName): AnomalyName {
  const [first = 'spike', ...rest] = ANOMALY_NAMES.filter((name) => !ANOMALIES[name].not.includes(base));
  return pick(random, [first, ...rest]);
}

function samplesOf(
  random: Random,
  base: BaseName,
  placed: readonly Placed[],
  { length, timeOf }: { readonly length: number; readonly timeOf: (i: number) => number },
): readonly Sample[] {
  const next = BASES[base](random);
  const samples: Sample[] = [];
  for (let i = 0; i < length; i += 1) {
    const time = timeOf(i);
    const active = placed.find(({ from, to }) => i >= from && i < to);
    const effect = active?.effect(i - active.from) ?? ORDINARY;
    const ordinary = next(time, typeof effect === 'string' ? ORDINARY : effect);
    if (effect === 'missing') continue;
    const value = effect === 'same' ? (samples.at(-1)?.value ?? ordinary) : ordinary;
    samples.push({ time, value });
  }
  return samples;
}
