import type { Numbers } from './numbers.ts';
import { singles } from './slab.ts';

/** The last `span` values in single precision, and their sum. */
export class Recent {
  private readonly span: number;
  private readonly values: Float32Array;
  private readonly at: number;
  private next = 0;
  private count = 0;
  private sum = 0;

  constructor(span: number) {
    this.span = span;
    const room = singles(span);
    this.values = room.numbers;
    this.at = room.at;
  }

  get isFull(): boolean {
    return this.count === this.span;
  }

  /** Only once it is full. */
  get oldest(): number {
    return this.values[this.at + this.next] ?? 0;
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /** The mean after `push(value)`. */
  meanWith(value: number): number {
    const added = this.sum + Math.fround(value);
    return this.isFull ? (added - this.oldest) / this.span : added / (this.count + 1);
  }

  push(value: number): void {
    const taken = Math.fround(value);
    this.sum += this.isFull ? taken - this.oldest : taken;
    this.values[this.at + this.next] = taken;
    if (this.count < this.span) this.count += 1;
    this.next += 1;
    if (this.next < this.span) return;
    this.next = 0;
    // Now and then exactly: what a huge value took with it comes back.
    this.sum = this.summed();
  }

  /** Order of the ring, so that the sum is made anew at the same points. */
  write(to: Numbers): void {
    to.add(this.next);
    to.add(this.count);
    to.add(this.sum);
    to.addAll(this.values, this.at, this.at + this.count);
  }

  restore(state: Float64Array): void {
    const [next = 0, count = 0, sum = 0] = state;
    this.next = next;
    this.count = count;
    this.sum = sum;
    this.values.set(state.subarray(3, 3 + count), this.at);
  }

  private summed(): number {
    let sum = 0;
    for (let i = 0; i < this.count; i += 1) sum += this.values[this.at + i] ?? 0;
    return sum;
  }
}
