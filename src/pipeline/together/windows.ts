import type { Vector } from '../../detectors/vectors/vector.ts';
import type { Bucket } from '../buckets/open-bucket.ts';
import { type SavedSlots, Slots } from './slots.ts';

/** Records that make a vector: of fewer, chance says more than the source does. */
const LEAST_RECORDS = 1000;

/** What the records of a source measure and how often they come, put together: buckets until there are enough records. */
export class Windows {
  private readonly slots = new Slots();
  private records = 0;

  /** A bucket ended; the vector that ends with it, or null. */
  add(bucket: Bucket): Vector | null {
    this.records += bucket.records;
    this.put('all records', bucket.records, 1);
    this.put('records at level error', bucket.errors, 1);
    this.put('records at level warn', bucket.warnings, 1);
    for (const [metric, values] of bucket.measures) {
      const whole = values.get('');
      if (whole !== undefined) this.put(metric, whole.sum, whole.count);
    }
    if (this.records < LEAST_RECORDS) return null;
    this.records = 0;
    return this.slots.take(bucket.start);
  }

  snapshot(): SavedWindows {
    return { records: this.records, slots: this.slots.snapshot() };
  }

  restore({ records, slots }: SavedWindows): void {
    this.records = records;
    this.slots.restore(slots);
  }

  private put(name: string, sum: number, count: number): void {
    const place = this.slots.place(name);
    if (place !== null) this.slots.add(place, sum, count);
  }
}

export interface SavedWindows {
  readonly records: number;
  readonly slots: SavedSlots;
}
