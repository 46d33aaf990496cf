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

  /** A point came that was promised to come so many times a day. */
  keep(promiser: number, timesADay: number): void {
    const { doubles } = this.desk;
    const since = doubles[this.since + promiser] ?? 0;
    if (timesADay < PROMISED) {
      if (since < 0) doubles[this.broken + promiser] = (doubles[this.broken + promiser] ?? 0) + 1;
      doubles[this.since + promiser] = 0;
    } else if (since >= 0) doubles[this.since + promiser] = since >= CALM ? -1 : since + 1;
  }

  /** At least 1: how much oftener than promised, squared, since a tail that is wrong once is wrong further out as well. */
  correction(promiser: number, elapsed: number): number {
    const broken = this.desk.doubles[this.broken + promiser] ?? 0;
    if (broken === 0) return 1;
    const excess = (broken + CREDIT) / ((PROMISED * elapsed) / DAY_MS + CREDIT);
    return excess <= 1 ? 1 : excess * excess;
  }
}
