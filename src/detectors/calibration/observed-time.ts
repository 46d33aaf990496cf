import type { Desk } from '../memory/desk.ts';

/** Share of a new gap in the usual one, once there are many. */
const SHARE = 0.01;
/** Usual gaps that one gap counts at most: nobody was there meanwhile. */
const LONGEST = 10;

/** How long a series has been observed: the gaps between its points, those in which nobody was there cut short. */
export class ObservedTime {
  private readonly desk: Desk;
  /** Of each clock: the points so far, all gaps and the usual one in ms, and the time of the last point, epoch ms. */
  private readonly counted: number;
  private readonly total: number;
  private readonly usual: number;
  private readonly last: number;

  constructor(desk: Desk, clocks: number) {
    this.desk = desk;
    this.counted = desk.place(clocks);
    this.total = desk.place(clocks);
    this.usual = desk.place(clocks);
    this.last = desk.place(clocks);
  }

  points(clock: number): number {
    return this.desk.doubles[this.counted + clock] ?? 0;
  }

  /** In all, ms. */
  elapsed(clock: number): number {
    return this.desk.doubles[this.total + clock] ?? 0;
  }

  /** Between two points, ms. */
  usualGap(clock: number): number {
    return this.desk.doubles[this.usual + clock] ?? 0;
  }

  /** A point at `time`, epoch ms; one that comes late does not turn it back. */
  pass(clock: number, time: number): void {
    const { doubles } = this.desk;
    const gaps = this.points(clock);
    const last = doubles[this.last + clock] ?? 0;
    doubles[this.counted + clock] = gaps + 1;
    doubles[this.last + clock] = gaps === 0 ? time : Math.max(last, time);
    if (gaps === 0) return;
    const usual = this.usualGap(clock);
    const gap = Math.max(0, time - last);
    const taken = gaps < 3 ? gap : Math.min(gap, LONGEST * usual + 1);
    doubles[this.usual + clock] = usual + (gaps < 1 / SHARE ? 1 / gaps : SHARE) * (taken - usual);
    doubles[this.total + clock] = this.elapsed(clock) + taken;
  }
}
