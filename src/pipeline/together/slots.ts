import { MOST_METRICS, type Vector } from '../../detectors/vectors/vector.ts';

/** A source with one metric has nothing together. */
const LEAST_METRICS = 2;
/** Vectors without a metric after which none waits for it, and after which its place is another's: what was learnt of it fades. */
const GONE = 3;
const FORGOTTEN = 1000;

/** Values of a source's metrics until they are a vector: the mean of each, in the order in which the metrics were first seen. */
export class Slots {
  private readonly names: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly sums = new Float64Array(MOST_METRICS);
  private readonly counts = new Float64Array(MOST_METRICS);
  /** Vectors since each metric came. */
  private readonly missed = new Float64Array(MOST_METRICS);
  /** A place whose metric has long not come; -1 for none. */
  private free = -1;

  /** Every metric that still comes has a value. */
  get isFull(): boolean {
    return this.names.every((_, i) => (this.counts[i] ?? 0) > 0 || (this.missed[i] ?? 0) >= GONE);
  }

  get isEmpty(): boolean {
    return this.filled() === 0;
  }

  /** The metric's place; null when there are too many: it is judged by itself only. */
  place(name: string): number | null {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.names.length < MOST_METRICS ? this.names.length : this.free;
    if (place === -1) return null;
    this.places.delete(this.names[place] ?? '');
    this.names[place] = name;
    this.places.set(name, place);
    this.missed[place] = 0;
    this.free = this.forgotten();
    return place;
  }

  /** `count` values of a metric, with their sum. */
  add(place: number, sum: number, count: number): void {
    if (!Number.isFinite(sum) || count <= 0) return;
    this.sums[place] = (this.sums[place] ?? 0) + sum;
    this.counts[place] = (this.counts[place] ?? 0) + count;
  }

  /** What came since the last time; null where too little did. */
  take(time: number): Vector | null {
    const { names, sums, counts, missed } = this;
    const isEnough = this.filled() >= LEAST_METRICS;
    const values = new Float64Array(names.length);
    for (let i = 0; i < values.length; i += 1) {
      const count = counts[i] ?? 0;
      values[i] = (sums[i] ?? 0) / count;
      missed[i] = count > 0 ? 0 : (missed[i] ?? 0) + 1;
    }
    sums.fill(0);
    counts.fill(0);
    this.free = this.forgotten();
    return isEnough ? { time, metrics: names, values } : null;
  }

  snapshot(): SavedSlots {
    const { names, sums, counts, missed } = this;
    return names.map((name, i) => [name, sums[i] ?? 0, counts[i] ?? 0, missed[i] ?? 0]);
  }

  /** Into empty ones. */
  restore(saved: SavedSlots): void {
    for (const [name, sum, count, missed] of saved) {
      const place = this.place(name);
      if (place === null) continue;
      this.add(place, sum, count);
      this.missed[place] = missed;
    }
    this.free = this.forgotten();
  }

  private filled(): number {
    let filled = 0;
    for (let i = 0; i < this.names.length; i += 1) if ((this.counts[i] ?? 0) > 0) filled += 1;
    return filled;
  }

  private forgotten(): number {
    return this.missed.findIndex((missed, i) => missed >= FORGOTTEN && this.counts[i] === 0);
  }
}

/** Name, sum and number of values of each metric, and the vectors since it came. */
export type SavedSlots = readonly (readonly [name: string, sum: number, count: number, missed: number])[];
