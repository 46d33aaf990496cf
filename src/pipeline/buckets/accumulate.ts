/** Values of one series in one open bucket. */
export interface Accumulator {
  count: number;
  sum: number;
  largest: number;
  /** Message of the record with the largest value. */
  example: string;
  /** A sample for quantiles. */
  readonly values: number[];
}

/** Values that a quantile is taken from; of more, an even sample. */
const SAMPLE = 64;

export function accumulator(): Accumulator {
  return { count: 0, sum: 0, largest: Number.NEGATIVE_INFINITY, example: '', values: [] };
}

export function accumulate(into: Accumulator, value: number, message: string): void {
  into.count += 1;
  into.sum += value;
  if (value > into.largest) {
    into.largest = value;
    into.example = message;
  }
  if (into.values.length < SAMPLE) {
    into.values.push(value);
    return;
  }
  // Reservoir sampling with a fixed sequence, so that the same stream gives the same sample.
  const index = (Math.imul(into.count, 0x9e3779b1) >>> 0) % into.count;
  if (index < SAMPLE) into.values[index] = value;
}

const sorted = new Float64Array(SAMPLE);

/** Nearest-rank quantile of the sample. */
export function quantile({ values }: Accumulator, q: number): number {
  sorted.set(values);
  const ours = sorted.subarray(0, values.length).sort();
  return ours[Math.min(values.length - 1, Math.ceil(q * values.length) - 1)] ?? 0;
}
