import type { Numbers } from './numbers.ts';

/** Younger than this, a series has not shown what it can do, ms of observed time. */
const YOUNG_MS = 86_400_000;

/** A young series is believed when it says something three times in a row. Opinions are in times a day. */
export class Young {
  /** Of the two points before, the newer first; Infinity for none. */
  private before = Number.POSITIVE_INFINITY;
  private beforeThat = Number.POSITIVE_INFINITY;

  /** What is believed of a point after so much observed time. */
  believed(timesADay: number, elapsed: number): number {
    return elapsed < YOUNG_MS ? Math.max(timesADay, this.before, this.beforeThat) : timesADay;
  }

  learn(timesADay: number): void {
    this.beforeThat = this.before;
    this.before = timesADay;
  }

  write(to: Numbers): void {
    for (const times of [this.before, this.beforeThat]) to.add(Number.isFinite(times) ? times : NEVER);
  }

  restore([before = NEVER, beforeThat = NEVER]: Float64Array): void {
    this.before = before === NEVER ? Number.POSITIVE_INFINITY : before;
    this.beforeThat = beforeThat === NEVER ? Number.POSITIVE_INFINITY : beforeThat;
  }
}

const NEVER = -1;
