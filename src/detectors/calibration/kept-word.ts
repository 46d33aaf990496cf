import type { Desk } from '../memory/desk.ts';

/** What is promised so seldom a day is counted when it comes, */
const PROMISED = 0.5;
/** as if the word had been kept so often already. */
const CREDIT = 2;
/** Points without one that end a broken promise: what stays strange is one, not many. */
const CALM = 12;
const DAY_MS = 86_400_000;

/** How often came what was promised to be rare. */
export class KeptWord {
  private readonly desk: Desk;
  /** Of each who promises: broken promises, and the points since the last one, -1 for none going on. */
  private readonly broken: number;
  private readonly since: number;

  constructor(desk: Desk, promisers: number) {
    this.desk = desk;
    this.broken = desk.place(promisers);
    this.since = desk.place(promisers, -1);
  }

  /** A point came that was promised to come so many times a day by each; Infinity of those who promised nothing. */
  keep(timesADay: Float64Array): void {
    const { doubles } = this.desk;
    for (let i = 0; i < timesADay.length; i += 1) {
      const since = doubles[this.since + i] ?? 0;
      const promised = timesADay[i] ?? 0;
      if (promised < PROMISED) {
        if (since < 0) doubles[this.broken + i] = (doubles[this.broken + i] ?? 0) + 1;
        doubles[this.since + i] = 0;
      } else if (since >= 0 && promised < Number.POSITIVE_INFINITY)
        doubles[this.since + i] = since >= CALM ? -1 : since + 1;
    }
  }

  /** Nothing is to be corrected. */
  isKept(promiser: number): boolean {
    return this.desk.doubles[this.broken + promiser] === 0;
  }

  /** At least 1: how much oftener than promised, squared, since a tail that is wrong once is wrong further out as well. */
  correction(promiser: number, elapsed: number): number {
    const broken = this.desk.doubles[this.broken + promiser] ?? 0;
    const excess = (broken + CREDIT) / ((PROMISED * elapsed) / DAY_MS + CREDIT);
    return excess <= 1 ? 1 : excess * excess;
  }
}
