import type { Gauge, Measure, Point } from '../detector.ts';
import type { Desk } from '../memory/desk.ts';

/** Points after which how often the value changes has faded to about a third. */
const MEMORY = 500;
/** Only a series that moves at nearly every point is strange when it does not, */
const RESTLESS = 0.8;
/** and not before so many equal values in a row. */
const LEAST_RUN = 10;
/** It is never certain that the next value is another. */
const MOST_CHANGE = 0.95;

/** A series that always moved and stands still: how improbable so many equal values in a row are, in nats. */
export class FlatLine implements Gauge {
  readonly name = 'flat-line';
  readonly needed = 100;
  readonly doubt = 1;
  private readonly desk: Desk;
  private readonly previous: number;
  /** How many equal values have followed the first of them. */
  private readonly run: number;
  /** The share of points unlike the one before. */
  private readonly change: number;

  constructor(desk: Desk) {
    this.desk = desk;
    this.previous = desk.place();
    this.run = desk.place();
    this.change = desk.place();
  }

  distance({ value }: Point, seen: number): number {
    const { doubles } = this.desk;
    if (seen < this.needed) return Number.NaN;
    if (value !== doubles[this.previous]) return 0;
    const run = (doubles[this.run] ?? 0) + 1;
    const change = doubles[this.change] ?? 0;
    return change < RESTLESS || run < LEAST_RUN ? 0 : -run * Math.log(1 - Math.min(MOST_CHANGE, change));
  }

  expectation({ value }: Point): Measure {
    const { doubles } = this.desk;
    const previous = doubles[this.previous] ?? 0;
    const points = value === previous ? (doubles[this.run] ?? 0) + 2 : 1;
    return { compared: 'stillness', value, points, baseline: previous, spread: 0, expected: null };
  }

  learn({ value }: Point, seen: number): void {
    const { doubles } = this.desk;
    const moved = value !== doubles[this.previous];
    const change = doubles[this.change] ?? 0;
    doubles[this.run] = moved ? 0 : (doubles[this.run] ?? 0) + 1;
    doubles[this.previous] = value;
    doubles[this.change] = change + Math.max(1 / MEMORY, 1 / (seen + 1)) * ((moved ? 1 : 0) - change);
  }
}
