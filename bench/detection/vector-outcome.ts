import type { Vector, VectorGaugeMaker } from '../../src/detectors/vectors/vector.ts';
import { VectorEnsemble } from '../../src/detectors/vectors/vector-ensemble.ts';
import { ALARMS_PER_DAY } from '../../src/domain/detection.ts';
import { VectorTrack } from '../../src/pipeline/together/vector-track.ts';
import { cpu } from '../json-parse.ts';
import type { Ranked } from './areas.ts';
import { type HostLabel, type LabelledHost, labelledHost } from './labelled-host.ts';
import { match } from './metrics.ts';
import { DAY } from './processes.ts';

/** Intervals after the end of a fault within which an episode still counts for it. */
const TOLERANCE = 20;

export interface HostsAsked {
  readonly seed: number;
  readonly days: number;
  /** Faults a host at most. */
  readonly faults: number;
}

/** The `n`th host of so many metrics, the hosts of bench/detection/hosts.ts. */
export function nthHost(metrics: number, n: number, { seed, days, faults }: HostsAsked): LabelledHost {
  const intervalMs = n % 2 === 0 ? 60_000 : 300_000;
  return labelledHost({ metrics, intervalMs, days, shared: n % 3 !== 0, faults }, seed, metrics, n);
}

export function vectorsOf({ metrics, rows }: LabelledHost): readonly Vector[] {
  return Array.from(rows, ({ time, values }) => ({ time, metrics, values: Float64Array.from(values) }));
}

export interface FoundFault extends HostLabel {
  readonly isFound: boolean;
}

/** What a gauge of vectors, calibrated, made of one host. */
export interface VectorOutcome {
  readonly found: readonly FoundFault[];
  /** After the first day, which is for learning. */
  readonly falseAlarms: number;
  readonly vectors: number;
  /** CPU time of all. */
  readonly ns: number;
  /** The confidence in each vector, before the law of episodes, beside the truth. */
  readonly ranked: Ranked;
}

export function vectorOutcome(
  { intervalMs, truth }: LabelledHost,
  vectors: readonly Vector[],
  maker: VectorGaugeMaker,
): VectorOutcome {
  const track = new VectorTrack(new VectorEnsemble([maker]), ALARMS_PER_DAY.normal);
  const scores = new Float64Array(vectors.length);
  const openings: number[] = [];
  const known = (vectors[0]?.time ?? 0) + DAY;
  const from = cpu();
  for (const [i, vector] of vectors.entries()) {
    const { isAnomaly } = track.judge(vector);
    scores[i] = track.raw;
    if (isAnomaly && vector.time >= known) openings.push(vector.time);
  }
  const ns = (cpu() - from) * 1e6;
  const { delays, falseAlarms } = match(openings, truth, TOLERANCE * intervalMs);
  const found = truth.map((label, i) => ({ ...label, isFound: (delays[i] ?? null) !== null }));
  return { found, falseAlarms, vectors: vectors.length, ns, ranked: rankedOf(vectors, truth, scores) };
}

/** Scores of a host's vectors beside the truth. */
export function rankedOf(
  vectors: readonly Vector[],
  truth: readonly HostLabel[],
  scores: Float64Array,
): Ranked {
  const isWrong = (time: number) => truth.some(({ start, end }) => time >= start && time <= end);
  return { scores, truth: Uint8Array.from(vectors, ({ time }) => Number(isWrong(time))) };
}
