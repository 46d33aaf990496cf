import type { Desk } from '../memory/desk.ts';

/** Share of a new gap in the usual one, once there are many. */
const SHARE = 0.01;
/** Usual gaps that one gap counts at most: nobody was there meanwhile. */
const LONGEST = 10;

/** How long a series has been observed: the gaps between its points, those in which nobody was there cut short. */
export class ObservedTime {
  private readonly desk: Desk;
  /** The points so far, all gaps and the usual one in ms, and the time of the last point, epoch ms. */
  private readonly points: number;
  private readonly total: number;
  private readonly usual: number;
  private readonly last: number;

  constructor(desk: Desk) {
    this.desk = desk;
    this.points = desk.place();
    this.total = desk.place();
    this.usual = desk.place();
    this.last = desk.place();
  }

  /** In all, ms. */
  get elapsed(): number {
    return this.desk.doubles[this.total] ?? 0;
  }

  /** Between two points, ms. */
  get usualGap(): number {
    return this.desk.doubles[this.usual] ?? 0;
  }

  /** A point at `time`, epoch ms; one that comes late does not turn it back. */
  pass(time: number): void {
    const { doubles } = this.desk;
    const gaps = doubles[this.points] ?? 0;
    const last = doubles[this.last] ?? 0;
    doubles[this.points] = gaps + 1;
    doubles[this.last] = gaps === 0 ? time : Math.max(last, time);
    if (gaps === 0) return;
    const usual = doubles[this.usual] ?? 0;
    const gap = Math.max(0, time - last);
    const taken = gaps < 3 ? gap : Math.min(gap, LONGEST * usual + 1);
    doubles[this.usual] = usual + (gaps < 1 / SHARE ? 1 / gaps : SHARE) * (taken - usual);
    doubles[this.total] = (doubles[this.total] ?? 0) + taken;
  }
}
