import type { Slice } from './distribution.ts';

/** Buckets of one sign: `counts[i]` values in (base^(offset+i), base^(offset+i+1)]. */
export interface Side {
  readonly offset: number;
  readonly counts: readonly number[];
}

/** Exponential buckets (OpenTelemetry data model): base = 2^(2^-scale), so a scale less merges each two neighbours. */
export interface Exponential {
  readonly scale: number;
  readonly zeros: number;
  readonly zeroThreshold: number;
  readonly positive: Side;
  readonly negative: Side;
}

/**
 * The counts of `from` in the buckets of `like`, so that both can be subtracted; null when that cannot be: `like` is finer,
 * or has no bucket for a value of `from`, as after a restart.
 */
export function rebased(from: Exponential, like: Exponential): Exponential | null {
  const steps = from.scale - like.scale;
  if (steps < 0) return null;
  const positive = rebasedSide(from.positive, like.positive, steps);
  const negative = rebasedSide(from.negative, like.negative, steps);
  return positive === null || negative === null ? null : { ...like, zeros: from.zeros, positive, negative };
}

function rebasedSide(from: Side, like: Side, steps: number): Side | null {
  const counts = like.counts.map(() => 0);
  for (const [i, count] of from.counts.entries()) {
    if (count === 0) continue;
    const index = Math.floor((from.offset + i) / 2 ** steps) - like.offset;
    const there = counts[index];
    if (there === undefined) return null;
    counts[index] = there + count;
  }
  return { offset: like.offset, counts };
}

/** All counts in the order of the values: negative ones from the largest, zeros, positive ones. */
export function countsOf({ negative, zeros, positive }: Exponential): readonly number[] {
  return [...negative.counts.toReversed(), zeros, ...positive.counts];
}

/** The buckets of `shape` with the counts of `countsOf`. */
export function exponentialSlices(shape: Exponential, counts: readonly number[]): readonly Slice[] {
  const bounds = [...boundsOf(shape, shape.negative).toReversed().map(mirrored), zeroOf(shape)];
  return [...bounds, ...boundsOf(shape, shape.positive)].map(([low, high], i) => ({
    low,
    high,
    count: counts[i] ?? 0,
  }));
}

type Bounds = readonly [low: number, high: number];

function boundsOf({ scale }: Exponential, { offset, counts }: Side): readonly Bounds[] {
  const at = (index: number): number => Math.min(2 ** (index * 2 ** -scale), Number.MAX_VALUE);
  return counts.map((_, i) => [at(offset + i), at(offset + i + 1)]);
}

function mirrored([low, high]: Bounds): Bounds {
  return [-high, -low];
}

function zeroOf({ zeroThreshold, negative }: Exponential): Bounds {
  return [negative.counts.length === 0 ? 0 : -zeroThreshold, zeroThreshold];
}
