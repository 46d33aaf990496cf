import { MOST_METRICS, type Vector } from '../../detectors/vectors/vector.ts';

/** A source with one metric has nothing together. */
const LEAST_METRICS = 2;

/** Values of a source's metrics until they are a vector: the mean of each, in the order in which the metrics were first seen. */
export class Slots {
  private readonly names: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly sums = new Float64Array(MOST_METRICS);
  private readonly counts = new Float64Array(MOST_METRICS);
  private filled = 0;

  /** Every metric has a value. */
  get isFull(): boolean {
    return this.filled === this.names.length;
  }

  get isEmpty(): boolean {
    return this.filled === 0;
  }

  /** The metric's place; null when there are too many: it is judged by itself only. */
  place(name: string): number | null {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.names.length;
    if (place === MOST_METRICS) return null;
    this.names.push(name);
    this.places.set(name, place);
    return place;
  }

  /** `count` values of a metric, with their sum. */
  add(place: number, sum: number, count: number): void {
    if (!Number.isFinite(sum) || count <= 0) return;
    if (this.counts[place] === 0) this.filled += 1;
    this.sums[place] = (this.sums[place] ?? 0) + sum;
    this.counts[place] = (this.counts[place] ?? 0) + count;
  }

  /** What came since the last time; null where too little did. */
  take(time: number): Vector | null {
    const { names, sums, counts } = this;
    const values = new Float64Array(names.length);
    for (let i = 0; i < values.length; i += 1) values[i] = (sums[i] ?? 0) / (counts[i] ?? 0);
    const isEnough = this.filled >= LEAST_METRICS;
    this.filled = 0;
    sums.fill(0);
    counts.fill(0);
    return isEnough ? { time, metrics: names, values } : null;
  }

  snapshot(): SavedSlots {
    const { names, sums, counts } = this;
    return names.map((name, i) => [name, sums[i] ?? 0, counts[i] ?? 0]);
  }

  /** Into empty ones. */
  restore(saved: SavedSlots): void {
    for (const [name, sum, count] of saved) {
      const place = this.place(name);
      if (place !== null) this.add(place, sum, count);
    }
  }
}

/** Name, sum and number of values of each metric. */
export type SavedSlots = readonly (readonly [name: string, sum: number, count: number])[];
