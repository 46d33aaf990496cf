import type { Desk } from '../memory/desk.ts';

/** The last `span` values in single precision, and their sum. */
export class Recent {
  private readonly desk: Desk;
  private readonly span: number;
  /** Where the next value goes in the ring, and the sum. */
  private readonly next: number;
  private readonly sum: number;
  private readonly ring: number;

  constructor(desk: Desk, span: number) {
    this.desk = desk;
    this.span = span;
    this.next = desk.place();
    this.sum = desk.place();
    this.ring = desk.placeSingles(span);
  }

  /** 0 before it is full. */
  oldest(): number {
    const { doubles, singles } = this.desk;
    return singles[this.ring + (doubles[this.next] ?? 0)] ?? 0;
  }

  /** Only once it is full. */
  mean(): number {
    return (this.desk.doubles[this.sum] ?? 0) / this.span;
  }

  /** The mean after `push(value)`; only once it is full. */
  meanWith(value: number): number {
    return ((this.desk.doubles[this.sum] ?? 0) + Math.fround(value) - this.oldest()) / this.span;
  }

  push(value: number): void {
    const { doubles, singles } = this.desk;
    const next = doubles[this.next] ?? 0;
    const taken = Math.fround(value);
    const leaves = singles[this.ring + next] ?? 0;
    singles[this.ring + next] = taken;
    const isRound = next + 1 === this.span;
    doubles[this.next] = isRound ? 0 : next + 1;
    // Now and then exactly: what a huge value took with it comes back.
    doubles[this.sum] = isRound ? this.summed() : (doubles[this.sum] ?? 0) + (taken - leaves);
  }

  private summed(): number {
    const { singles } = this.desk;
    let sum = 0;
    for (let i = this.ring; i < this.ring + this.span; i += 1) sum += singles[i] ?? 0;
    return sum;
  }
}
