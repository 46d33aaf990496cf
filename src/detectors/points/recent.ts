import type { Desk } from '../memory/desk.ts';

/** The last `span` values in single precision, and their sum. */
export class Recent {
  private readonly desk: Desk;
  private readonly span: number;
  private readonly sum: number;
  private readonly ring: number;
  /** Where in the ring the next value goes, and the one that is there: else each look at it is a look far away in memory. */
  private readonly next: number;
  private readonly leaving: number;

  constructor(desk: Desk, span: number) {
    this.desk = desk;
    this.span = span;
    this.sum = desk.place();
    this.next = desk.place();
    this.leaving = desk.place();
    this.ring = desk.placeSingles(span);
  }

  /** 0 before it is full. */
  oldest(): number {
    return this.desk.doubles[this.leaving] ?? 0;
  }

  /** Only once it is full. */
  mean(): number {
    return (this.desk.doubles[this.sum] ?? 0) / this.span;
  }

  /** The mean after `push(value)`; only once it is full. */
  meanWith(value: number): number {
    const { doubles } = this.desk;
    return ((doubles[this.sum] ?? 0) + Math.fround(value) - (doubles[this.leaving] ?? 0)) / this.span;
  }

  push(value: number): void {
    const { doubles, singles } = this.desk;
    const place = doubles[this.next] ?? 0;
    const taken = Math.fround(value);
    const next = place + 1 === this.span ? 0 : place + 1;
    singles[this.ring + place] = taken;
    // Now and then exactly: what a huge value took with it comes back.
    doubles[this.sum] =
      next === 0 ? this.summed() : (doubles[this.sum] ?? 0) + (taken - (doubles[this.leaving] ?? 0));
    doubles[this.next] = next;
    doubles[this.leaving] = singles[this.ring + next] ?? 0;
  }

  private summed(): number {
    const { singles } = this.desk;
    let sum = 0;
    for (let i = this.ring; i < this.ring + this.span; i += 1) sum += singles[i] ?? 0;
    return sum;
  }
}
