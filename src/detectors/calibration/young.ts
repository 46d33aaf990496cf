import type { Desk } from '../memory/desk.ts';

/** Younger than this, a series has not shown what it can do, ms of observed time. */
const YOUNG_MS = 86_400_000;

/** Its cells: opinions on the two points before, the newer first; Infinity for none. */
const BEFORE = 0;
const BEFORE_THAT = 1;

/** A young series is believed when it says something three times in a row. Opinions are in times a day. */
export class Young {
  private readonly desk: Desk;
  private readonly at: number;

  constructor(desk: Desk) {
    this.desk = desk;
    this.at = desk.place(2, Number.POSITIVE_INFINITY);
  }

  /** What is believed of a point after so much observed time. */
  believed(timesADay: number, elapsed: number): number {
    if (elapsed >= YOUNG_MS) return timesADay;
    const { doubles } = this.desk;
    return Math.max(timesADay, doubles[this.at + BEFORE] ?? 0, doubles[this.at + BEFORE_THAT] ?? 0);
  }

  learn(timesADay: number): void {
    const { doubles } = this.desk;
    doubles[this.at + BEFORE_THAT] = doubles[this.at + BEFORE] ?? 0;
    doubles[this.at + BEFORE] = timesADay;
  }
}
