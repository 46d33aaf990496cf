import type { Numbers } from './numbers.ts';
import { bytes, shorts, singles } from './slab.ts';

/** What is held: numbers in single precision, or whole numbers from 0 to 65,535. */
export type Held = 'singles' | 'shorts';

/**
 * The last `capacity` numbers, in order of arrival and in order of size: a ring of numbers, and their places in it by
 * size. Insertion costs two binary searches and one shift of a short run of bytes, quantiles cost nothing. A class, since
 * a daemon holds tens of thousands.
 */
export class SortedWindow {
  private readonly capacity: number;
  private readonly numbers: Float32Array | Uint16Array;
  /** The ring begins here in `numbers`. */
  private readonly ring: number;
  private readonly places: Uint8Array | Uint16Array;
  /** Places in the ring by size begin here in `places`; of equal numbers the older first. */
  private readonly order: number;
  private count = 0;
  private next = 0;
  /** False after a restore, until the order is asked for. */
  private isSorted = true;

  /** @throws RangeError beyond 2,048. */
  constructor(capacity: number, held: Held = 'singles') {
    if (capacity > MOST) throw new RangeError(`a window of ${capacity}`);
    this.capacity = capacity;
    const ring = held === 'singles' ? singles(capacity) : shorts(capacity);
    const order = capacity <= 256 ? bytes(capacity) : shorts(capacity);
    this.numbers = ring.numbers;
    this.ring = ring.at;
    this.places = order.numbers;
    this.order = order.at;
  }

  get size(): number {
    return this.count;
  }

  push(exact: number): void {
    if (!this.isSorted) this.sort();
    // Compared as it will be held: what is equal then must be found as equal.
    const value = Math.fround(exact);
    if (this.count === this.capacity) this.replace(value);
    else this.append(value);
    this.next = this.next + 1 === this.capacity ? 0 : this.next + 1;
  }

  /** Linear interpolation between order statistics; `q` in [0,1]; NaN when empty. */
  quantile(q: number): number {
    if (this.count === 0) return Number.NaN;
    const position = q * (this.count - 1);
    const below = Math.floor(position);
    const low = this.at(below);
    const high = below + 1 < this.count ? this.at(below + 1) : low;
    return low + (high - low) * (position - below);
  }

  /** How many are at least `value`. */
  countAtLeast(value: number): number {
    if (!this.isSorted) this.sort();
    return this.count - this.lowerBound(value);
  }

  /** The i-th smallest. */
  at(index: number): number {
    if (!this.isSorted) this.sort();
    return this.numbers[this.ring + (this.places[this.order + index] ?? 0)] ?? Number.NaN;
  }

  /** Arrival order, oldest first. */
  write(to: Numbers): void {
    const { count, numbers, ring } = this;
    const start = ring + (count === this.capacity ? this.next : 0);
    to.addAll(numbers, start, ring + count);
    to.addAll(numbers, ring, start);
  }

  restore(values: Float64Array): void {
    const kept = values.subarray(Math.max(0, values.length - this.capacity));
    this.numbers.set(kept, this.ring);
    this.count = kept.length;
    this.next = kept.length % this.capacity;
    this.isSorted = false;
  }

  /** By the leading bits of the size, with the place in the others, which sorts fast; then what those bits do not tell. */
  private sort(): void {
    this.isSorted = true;
    const { count, numbers, ring, places, order } = this;
    const mask = this.capacity <= 256 ? 0xff : 0xffff;
    const keys = KEYS.subarray(0, count);
    for (let i = 0; i < count; i += 1) keys[i] = (this.rankOf(numbers[ring + i] ?? 0) & ~mask) | i;
    keys.sort();
    for (let i = 0; i < count; i += 1) {
      const place = (keys[i] ?? 0) & mask;
      const value = numbers[ring + place] ?? 0;
      let to = order + i;
      for (; to > order && (numbers[ring + (places[to - 1] ?? 0)] ?? 0) > value; to -= 1) {
        places[to] = places[to - 1] ?? 0;
      }
      places[to] = place;
    }
  }

  /** 32 bits that are larger for larger numbers. */
  private rankOf(value: number): number {
    if (this.numbers instanceof Uint16Array) return value << 16;
    single[0] = value + 0;
    const raw = bits[0] ?? 0;
    return raw >>> 31 === 1 ? ~raw : raw | 0x80000000;
  }

  private append(value: number): void {
    const { places, order, count, next } = this;
    const to = order + this.upperBound(value);
    places.copyWithin(to + 1, to, order + count);
    places[to] = next;
    this.numbers[this.ring + next] = value;
    this.count = count + 1;
  }

  /** The oldest goes; what lies between its place and the new one's moves by one. */
  private replace(value: number): void {
    const { places, order, next } = this;
    const from = order + this.lowerBound(this.numbers[this.ring + next] ?? 0);
    const to = order + this.upperBound(value);
    if (to > from) {
      places.copyWithin(from, from + 1, to);
      places[to - 1] = next;
    } else {
      places.copyWithin(to + 1, to, from);
      places[to] = next;
    }
    this.numbers[this.ring + next] = value;
  }

  private lowerBound(value: number): number {
    const { places, order, numbers, ring } = this;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[ring + (places[order + middle] ?? 0)] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private upperBound(value: number): number {
    const { places, order, numbers, ring } = this;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((numbers[ring + (places[order + middle] ?? 0)] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The largest capacity. */
const MOST = 2_048;
const KEYS = new Uint32Array(MOST);

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);
