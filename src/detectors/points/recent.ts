import type { Desk } from '../memory/desk.ts';

/** Its cells: where the next value goes, how many there are, and their sum. */
const NEXT = 0;
const COUNT = 1;
const SUM = 2;

/** The last `span` values in single precision, and their sum. */
export class Recent {
  private readonly at: number;
  /** The ring begins here. */
  private readonly ring: number;
  private readonly span: number;

  constructor(desk: Desk, span: number) {
    this.at = desk.place(0, 0, 0);
    this.ring = desk.placeSingles(span);
    this.span = span;
  }

  /** Only once it is full. */
  oldest({ doubles, singles }: Desk): number {
    return singles[this.ring + (doubles[this.at + NEXT] ?? 0)] ?? 0;
  }

  mean({ doubles }: Desk): number {
    return (doubles[this.at + SUM] ?? 0) / Math.max(1, doubles[this.at + COUNT] ?? 0);
  }

  /** The mean after `push(value)`; only once it is full. */
  meanWith(value: number, desk: Desk): number {
    return ((desk.doubles[this.at + SUM] ?? 0) + Math.fround(value) - this.oldest(desk)) / this.span;
  }

  push(value: number, { doubles, singles }: Desk): void {
    const { at, ring, span } = this;
    const next = doubles[at + NEXT] ?? 0;
    const count = doubles[at + COUNT] ?? 0;
    const taken = Math.fround(value);
    const leaves = count === span ? (singles[ring + next] ?? 0) : 0;
    singles[ring + next] = taken;
    doubles[at + COUNT] = Math.min(span, count + 1);
    doubles[at + NEXT] = next + 1 === span ? 0 : next + 1;
    // Now and then exactly: what a huge value took with it comes back.
    doubles[at + SUM] =
      next + 1 === span ? this.summed(singles) : (doubles[at + SUM] ?? 0) + (taken - leaves);
  }

  /** Of a full ring. */
  private summed(singles: Float32Array): number {
    let sum = 0;
    for (let i = this.ring; i < this.ring + this.span; i += 1) sum += singles[i] ?? 0;
    return sum;
  }
}
