import type { Numbers } from './numbers.ts';

/** Share of a new gap in the usual one, once there are many. */
const SHARE = 0.01;
/** Usual gaps that one gap counts at most: nobody was there meanwhile. */
const LONGEST = 10;

/** How long a series has been observed: the gaps between its points, those in which nobody was there cut short. */
export class ObservedTime {
  points = 0;
  /** In all, ms. */
  elapsed = 0;
  /** Between two points, ms. */
  usualGap = 0;
  private last = 0;

  /** A point at `time`, epoch ms; one that comes late does not turn it back. */
  pass(time: number): void {
    this.points += 1;
    const gaps = this.points - 1;
    if (gaps > 0) {
      const gap = Math.max(0, time - this.last);
      const taken = gaps < 3 ? gap : Math.min(gap, LONGEST * this.usualGap + 1);
      this.usualGap += Math.max(SHARE, 1 / gaps) * (taken - this.usualGap);
      this.elapsed += taken;
    }
    this.last = gaps === 0 ? time : Math.max(this.last, time);
  }

  write(to: Numbers): void {
    to.addAll([this.points, this.elapsed, this.usualGap, this.last]);
  }

  restore([points = 0, elapsed = 0, usualGap = 0, last = 0]: Float64Array): void {
    Object.assign(this, { points, elapsed, usualGap, last });
  }
}
