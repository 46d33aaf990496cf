import type { Numbers } from './numbers.ts';

/** What is promised so seldom a day is counted when it comes, */
const PROMISED = 0.5;
/** as if the word had been kept so often already. */
const CREDIT = 2;
/** Points without one that end a broken promise: what stays strange is one, not many. */
const CALM = 12;
const DAY_MS = 86_400_000;

/** Counts how often came what was promised to be rare. */
export class KeptWord {
  private broken = 0;
  /** Points since the last broken promise; -1 for none going on. */
  private calm = -1;

  /** `timesADay` as promised, of a point that came. */
  learn(timesADay: number): void {
    if (timesADay < PROMISED) {
      if (this.calm < 0) this.broken += 1;
      this.calm = 0;
    } else if (this.calm >= 0) this.calm = this.calm >= CALM ? -1 : this.calm + 1;
  }

  /** At least 1: how much oftener than promised, squared, since a tail that is wrong once is wrong further out as well. */
  correction(elapsed: number): number {
    const excess = (this.broken + CREDIT) / ((PROMISED * elapsed) / DAY_MS + CREDIT);
    return excess <= 1 ? 1 : excess * excess;
  }

  write(to: Numbers): void {
    to.add(this.broken);
    to.add(this.calm);
  }

  restore([broken = 0, calm = -1]: Float64Array): void {
    this.broken = broken;
    this.calm = calm;
  }
}
